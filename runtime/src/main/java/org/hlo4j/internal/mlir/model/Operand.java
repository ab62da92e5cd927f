package org.hlo4j.internal.mlir.model;

import org.hlo4j.internal.mlir.text.Span;

/**
 * A value that an operation uses.
 *
 * @param value the value
 * @param span where the operation names it
 */
public record Operand(Value value, Span span) {}
