package org.hlo4j.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The StableHLO program behind a method. Either {@link #value()} holds its text, or {@link
 * #resource()} names a file that does. The program's entry is {@code @main}; its inputs are the
 * method's parameters and its outputs the method's result, in order, with records flattened.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Kernel {
  /**
   * The program: a whole {@code module}, a bare {@code func.func @main}, or, where {@link
   * #signature()} is given, just the body of {@code @main}.
   */
  String value() default "";

  /**
   * The name of a resource with the program's text, such as {@code train_step.mlir}: relative to
   * the interface's package, or from the root with a leading slash.
   */
  String resource() default "";

  /**
   * The signature of {@code @main} when {@link #value()} is only its body, as in {@code (%x:
   * tensor<4xf32>) -> tensor<4xf32>}.
   */
  String signature() default "";

  /**
   * The platforms that JAX exported the program for, in the order that {@code jax.export} got, as
   * in {@code {"cuda", "cpu"}}; none if it was exported for one. Such a program takes the index of
   * a platform first, which is no parameter of the method: it follows from the plugin.
   */
  String[] platforms() default {};

  /**
   * As how many replicas the program runs, each on its own devices and with its own data. A module
   * that says so itself ({@code mhlo.num_replicas}) needs no more. A kernel for several devices
   * takes and returns {@code Sharded} tensors.
   */
  int replicas() default 1;

  /**
   * Over how many partitions, each on a device of its own, the data of one replica is spread: the
   * program says how, in attributes of GSPMD or Shardy. A module that says so itself ({@code
   * mhlo.num_partitions}) needs no more.
   */
  int partitions() default 1;
}
