/** The model of MLIR: modules, functions, operations, values, types and attributes. */
@NullMarked
package org.hlo4j.internal.mlir.model;

import org.jspecify.annotations.NullMarked;
