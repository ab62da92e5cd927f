/**
 * Annotations that make a Java interface a set of StableHLO kernels. They carry no logic: the
 * processor reads them when javac runs.
 */
@NullMarked
package org.hlo4j.annotation;

import org.jspecify.annotations.NullMarked;
