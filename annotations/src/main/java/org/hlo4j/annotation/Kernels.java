package org.hlo4j.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an interface a set of kernels. Each of its abstract methods carries {@link Kernel}. For an
 * interface {@code Dense} the processor generates, in the same package, {@code DenseAsync} (the
 * same methods, each answering a promise) and {@code DenseKernels} (the way to both).
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Kernels {}
