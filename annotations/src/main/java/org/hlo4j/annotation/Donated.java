package org.hlo4j.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a parameter's buffers away to the call: their memory becomes the memory of outputs of the
 * same type, with no copy. A donated buffer is spent; its next use throws, and javac says so where
 * it sees it. On a parameter whose type is a record, every tensor in it is donated.
 *
 * <p>An input that the program returns unchanged becomes that output; another one takes the first
 * output of its type that is computed and free, in order, unless the program or {@link #value()}
 * says which.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface Donated {
  /**
   * The component of the result that gets the memory, such as {@code params.w1}; for a parameter
   * whose type is a record, the component with the same components, such as {@code params}. Empty
   * if any output of the type will do.
   */
  String value() default "";
}
