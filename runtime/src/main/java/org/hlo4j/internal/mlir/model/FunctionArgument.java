package org.hlo4j.internal.mlir.model;

import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a function.
 *
 * @param value its value in the body; null if there is no body
 * @param type the type
 * @param attributes the attributes, with the position of their dictionary, if any
 * @param span the position, from the name to the location
 * @param typeSpan the position of the type, which attributes follow
 * @param location the position of its {@code loc(...)}; null if there is none, or in the generic
 *     form
 */
public record FunctionArgument(
    @Nullable Value value,
    Type type,
    Attributes attributes,
    Span span,
    Span typeSpan,
    @Nullable Span location) {
  /** Returns the same argument with its value in a body. */
  public FunctionArgument withValue(Value used) {
    return new FunctionArgument(used, type, attributes, span, typeSpan, location);
  }

  /** Returns the name, such as {@code %arg0}; empty if there is no body. */
  public String name() {
    return value == null ? "" : value.name();
  }
}
