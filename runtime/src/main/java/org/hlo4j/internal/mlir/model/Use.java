package org.hlo4j.internal.mlir.model;

/**
 * A use of a value as an operand.
 *
 * @param operation whose operand
 * @param index which of its operands
 */
public record Use(Operation operation, int index) {}
