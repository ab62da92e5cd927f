package org.hlo4j.internal.mlir.model;

import org.hlo4j.internal.mlir.text.Span;

/**
 * A definition of an alias for an attribute or a type.
 *
 * @param name with its sigil: {@code #map}, {@code !t}
 * @param span the position of the definition
 * @param valueSpan the position of the attribute or type
 */
public record Alias(String name, Span span, Span valueSpan) {}
