package org.hlo4j.internal.mlir.model;

import java.util.List;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * A block: operations in order, the last of which is the terminator.
 *
 * @param label such as {@code ^bb0}; empty if there is none
 * @param arguments the arguments, in order, including those written before the region's brace
 * @param operations the operations, in order
 * @param span the position, from the label or else the first operation
 */
public record Block(String label, List<Value> arguments, List<Operation> operations, Span span) {
  public Block {
    arguments = List.copyOf(arguments);
    operations = List.copyOf(operations);
    arguments.forEach(argument -> argument.define(this));
  }

  /** Returns the last operation, or null if there is none. */
  public @Nullable Operation terminator() {
    return operations.isEmpty() ? null : operations.getLast();
  }
}
