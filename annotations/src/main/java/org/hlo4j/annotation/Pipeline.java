package org.hlo4j.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Kernels that run as one program, with operations that overlap others. The names that a pipeline
 * calls are those of kernels of the same interface, or of one that it extends; its inputs are the
 * method's parameters, and what it returns is the method's result.
 *
 * <pre>
 * f = start permute(x)            a call in the background; f is its future
 * z = addOne(x)                   runs meanwhile
 * y = done f                      waits, and gives the result
 * a, b = k(y, params.w1)          several results; components of records
 * repeat 7 (x, f) { … }           a loop, and what each round gets from the one before it
 * in order { … }                  one statement after the other
 * r = ref x                       a variable with a first value; "ref like x": with none yet
 * permute(r -&gt; s)                 reads one variable and writes another
 * s = ref x, like x               two slots: s[0], s[1], and in "repeat 8 as i" s[i], s[i + 1]
 * return y, z
 * </pre>
 *
 * <p>A statement ends with its line or a semicolon; {@code //} and {@code #} begin comments. Values
 * are never overwritten: a name that is assigned again stands for another value. What a call in
 * flight reads lives until it is done, and loops are written so that nothing is copied.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Pipeline {
  /** The statements. */
  String value();
}
