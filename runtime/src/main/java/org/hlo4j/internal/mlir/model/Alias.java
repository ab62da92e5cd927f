package org.hlo4j.internal.mlir.model;

import org.hlo4j.internal.mlir.text.Span;

/**
 * An alias that a program defines for an attribute or a type.
 *
 * @param name with its mark: {@code #map}, {@code !t}
 * @param span where the whole definition is
 * @param valueSpan where the attribute or type is that it stands for
 */
public record Alias(String name, Span span, Span valueSpan) {}
