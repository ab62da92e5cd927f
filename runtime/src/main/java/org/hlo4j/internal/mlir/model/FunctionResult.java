package org.hlo4j.internal.mlir.model;

import org.hlo4j.internal.mlir.text.Span;

/**
 * A result of a function.
 *
 * @param type the type
 * @param attributes the attributes, with the place of their dictionary if there is one
 * @param span where the result is, from its type to its attributes
 * @param typeSpan where the type is
 */
public record FunctionResult(Type type, Attributes attributes, Span span, Span typeSpan) {}
