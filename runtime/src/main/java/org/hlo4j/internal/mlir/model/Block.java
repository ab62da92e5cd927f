package org.hlo4j.internal.mlir.model;

import java.util.List;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/** A block: operations in order, the last of which is the terminator. */
public final class Block {
  private final String label;
  private final List<Value> arguments;
  private final List<Operation> operations;
  private final Span span;

  public Block(String label, List<Value> arguments, List<Operation> operations, Span span) {
    this.label = label;
    this.arguments = List.copyOf(arguments);
    this.operations = List.copyOf(operations);
    this.span = span;
    this.arguments.forEach(argument -> argument.define(this));
  }

  /** Such as {@code ^bb0}; empty if the text gives the block none. */
  public String label() {
    return label;
  }

  /** The arguments, in order; those too that the text writes before the region's brace. */
  public List<Value> arguments() {
    return arguments;
  }

  /** The operations, in order. */
  public List<Operation> operations() {
    return operations;
  }

  /** The last operation, or null if there is none. */
  public @Nullable Operation terminator() {
    return operations.isEmpty() ? null : operations.get(operations.size() - 1);
  }

  /** Where the block is, from its label, or else from its first operation. */
  public Span span() {
    return span;
  }
}
