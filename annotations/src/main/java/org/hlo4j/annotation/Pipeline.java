package org.hlo4j.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Kernels linked into one program, in which operations may overlap. The statements call kernels of
 * the same interface or of its superinterfaces by name. The inputs are the method's parameters; the
 * returned values are the method's result.
 *
 * <pre>
 * f = start permute(x)            starts a call; f is its future
 * z = addOne(x)                   runs concurrently
 * y = done f                      waits for the result
 * a, b = k(y, params.w1)          several results; components of records
 * repeat 7 (x, f) { … }           a loop, and its loop-carried values
 * in order { … }                  runs the statements sequentially
 * r = ref x                       a variable, initially x; "ref like x": uninitialized
 * permute(r -&gt; s)                 reads one variable and writes another
 * s = ref x, like x               two slots: s[0], s[1], and in "repeat 8 as i" s[i], s[i + 1]
 * return y, z
 * </pre>
 *
 * <p>A statement ends at the end of its line or at a semicolon; {@code //} and {@code #} begin
 * comments. Values are immutable: assigning a name again binds it to another value. The operands of
 * a started call stay alive until {@code done}, and loops run without copies.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Pipeline {
  /** The statements of the pipeline. */
  String value();
}
