package org.hlo4j.internal.mlir.model;

/**
 * A use of a value as an operand.
 *
 * @param operation the operation
 * @param index the index of the operand
 */
public record Use(Operation operation, int index) {}
