package org.hlo4j.internal.mlir.syntax;

import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a block, before it becomes a value of one or several regions.
 *
 * @param name such as {@code %arg0}
 * @param span the position
 * @param type its type, or null if it is unknown
 */
record BlockArgument(String name, Span span, @Nullable Type type) {}
