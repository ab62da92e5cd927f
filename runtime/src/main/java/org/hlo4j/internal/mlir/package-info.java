/** Reading StableHLO text: what a program declares, uses and returns. */
@NullMarked
package org.hlo4j.internal.mlir;

import org.jspecify.annotations.NullMarked;
