/** Tensors in host memory: Java arrays, their bytes for PJRT, and their printed form. */
@NullMarked
package org.hlo4j.internal.host;

import org.jspecify.annotations.NullMarked;
