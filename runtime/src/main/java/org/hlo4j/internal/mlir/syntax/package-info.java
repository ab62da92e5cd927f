/** Parses MLIR text into the model. */
@NullMarked
package org.hlo4j.internal.mlir.syntax;

import org.jspecify.annotations.NullMarked;
