package org.hlo4j.internal.mlir.model;

import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a function.
 *
 * @param value what the body uses; null if the function has no body
 * @param type the type
 * @param attributes the attributes, with the place of their dictionary if there is one
 * @param span where the argument is, from its name to its location
 * @param typeSpan where the type is; a dictionary of attributes belongs after it
 * @param location where its {@code loc(...)} is; null if it has none, or the function is in the
 *     generic form
 */
public record FunctionArgument(
    @Nullable Value value,
    Type type,
    Attributes attributes,
    Span span,
    Span typeSpan,
    @Nullable Span location) {
  /** The same argument, of a function with a body that uses this value. */
  public FunctionArgument withValue(Value used) {
    return new FunctionArgument(used, type, attributes, span, typeSpan, location);
  }

  /** Such as {@code %arg0}; empty if there is no body. */
  public String name() {
    return value == null ? "" : value.name();
  }
}
