package org.hlo4j.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an interface of kernels. Each of its abstract methods is annotated with {@link Kernel}
 * or {@link Pipeline}. For an interface {@code Dense} the processor generates, in the same package,
 * {@code DenseAsync}, whose methods return promises, and {@code DenseKernels}, which creates
 * implementations of both.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Kernels {}
