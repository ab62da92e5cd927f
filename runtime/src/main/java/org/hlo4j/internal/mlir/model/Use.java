package org.hlo4j.internal.mlir.model;

/**
 * An operand of an operation.
 *
 * @param operation whose operand
 * @param index which of its operands
 */
public record Use(Operation operation, int index) {}
