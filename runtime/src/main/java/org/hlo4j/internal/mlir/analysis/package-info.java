/** Analyses of programs: their signatures, and reasons for XLA to fail on them. */
@NullMarked
package org.hlo4j.internal.mlir.analysis;

import org.jspecify.annotations.NullMarked;
