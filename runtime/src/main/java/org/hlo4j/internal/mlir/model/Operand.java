package org.hlo4j.internal.mlir.model;

import org.hlo4j.internal.mlir.text.Span;

/**
 * A use of a value by an operation.
 *
 * @param value the value
 * @param span its position in the operation
 */
public record Operand(Value value, Span span) {}
