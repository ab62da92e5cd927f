/**
 * Tensors in the host's memory: Java arrays, their bytes as PJRT wants them, and how they print.
 */
@NullMarked
package org.hlo4j.internal.host;

import org.jspecify.annotations.NullMarked;
