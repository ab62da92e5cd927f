package org.hlo4j.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The StableHLO program that a method runs: either inline in {@link #value()}, or in the file named
 * by {@link #resource()}. The entry function is {@code @main}; its inputs are the method's
 * parameters and its outputs the method's result, in order, with records flattened.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Kernel {
  /**
   * The program: a {@code module}, a bare {@code func.func @main}, or, if {@link #signature()} is
   * set, only the body of {@code @main}.
   */
  String value() default "";

  /**
   * The name of the resource that contains the program, such as {@code train_step.mlir}: relative
   * to the interface's package, or absolute with a leading slash.
   */
  String resource() default "";

  /**
   * The signature of {@code @main} if {@link #value()} is only its body, as in {@code (%x:
   * tensor<4xf32>) -> tensor<4xf32>}.
   */
  String signature() default "";

  /**
   * The platforms of a program that {@code jax.export} exported for several, in the order passed to
   * it, such as {@code {"cuda", "cpu"}}; empty for a single-platform program. The program's leading
   * platform index argument is not a parameter of the method: the plugin determines it.
   */
  String[] platforms() default {};

  /**
   * The number of replicas; each runs on its own devices with its own data. Not needed for a module
   * that declares {@code mhlo.num_replicas}. A kernel for several devices takes and returns {@code
   * Sharded} tensors.
   */
  int replicas() default 1;

  /**
   * The number of partitions, each on its own device, over which the data of one replica is
   * sharded. The program specifies the sharding in GSPMD or Shardy attributes. Not needed for a
   * module that declares {@code mhlo.num_partitions}.
   */
  int partitions() default 1;
}
