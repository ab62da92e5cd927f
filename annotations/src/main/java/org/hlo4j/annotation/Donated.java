package org.hlo4j.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Donates the argument to the call: an output of the same type reuses its memory, without a copy. A
 * donated buffer may not be used again: any later use throws, and is a compile error where javac
 * can see it. On a parameter of a record type, every tensor in the record is donated.
 *
 * <p>An input that the program returns unchanged becomes that output. Any other input is paired
 * with the first computed output of its type that is still free, in order, unless the program or
 * {@link #value()} names the output.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.PARAMETER)
public @interface Donated {
  /**
   * The component of the result that reuses the memory, such as {@code params.w1}. For a parameter
   * of a record type, a component with the same components, such as {@code params}. Empty, the
   * default, for any output of the type.
   */
  String value() default "";
}
