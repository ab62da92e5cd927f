package org.hlo4j.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The StableHLO tensor type that an interface represents. The interface extends the marker of the
 * element type, such as {@code org.hlo4j.type.F32}, and has no members: it lets javac distinguish
 * tensors.
 *
 * <pre>{@code
 * @TensorType("tensor<100x100xf32>")
 * public interface Square extends F32 {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TensorType {
  /** The type in StableHLO syntax, with static dimensions: {@code tensor<2x3xf32>}. */
  String value();
}
