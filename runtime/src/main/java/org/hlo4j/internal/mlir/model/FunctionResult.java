package org.hlo4j.internal.mlir.model;

import org.hlo4j.internal.mlir.text.Span;

/**
 * A result of a function.
 *
 * @param type the type
 * @param attributes the attributes, with the position of their dictionary, if any
 * @param span the position, from the type to the attributes
 * @param typeSpan the position of the type
 */
public record FunctionResult(Type type, Attributes attributes, Span span, Span typeSpan) {}
