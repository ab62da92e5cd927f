package org.hlo4j.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the StableHLO tensor type that an interface stands for. The interface extends the marker of
 * the element type, such as {@code org.hlo4j.type.F32}, and has no members: it makes javac tell one
 * tensor from another.
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
  /** The type as StableHLO text has it, with static dimensions: {@code tensor<2x3xf32>}. */
  String value();
}
