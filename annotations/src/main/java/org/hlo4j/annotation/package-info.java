/**
 * Annotations that declare StableHLO kernels as Java interfaces. The annotation processor reads
 * them at compile time.
 */
@NullMarked
package org.hlo4j.annotation;

import org.jspecify.annotations.NullMarked;
