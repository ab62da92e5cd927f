package org.hlo4j.internal.mlir.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * An SSA value: a result of an operation or an argument of a block. Compared by identity. Immutable
 * once the program has been parsed.
 */
public final class Value {
  private final String name;
  private final @Nullable Span span;
  private final @Nullable Type type;
  private final int index;
  private final List<Use> uses = new ArrayList<>();
  private @Nullable Operation definition;
  private @Nullable Block block;

  public Value(String name, @Nullable Span span, @Nullable Type type, int index) {
    this.name = name;
    this.span = span;
    this.type = type;
    this.index = index;
  }

  /** Returns the name in operands: {@code %0}, {@code %5#1}; empty if it has none. */
  public String name() {
    return name;
  }

  /** Returns the position of the name in its definition; null if it has none. */
  public @Nullable Span span() {
    return span;
  }

  /** Returns the type, or null if it is unknown. */
  public @Nullable Type type() {
    return type;
  }

  /** Returns the index among the results of its operation or the arguments of its block. */
  public int index() {
    return index;
  }

  /** Returns the operation whose result this is, or null if it is an argument. */
  public @Nullable Operation definition() {
    return definition;
  }

  /** Returns the block whose argument this is, or null if it is a result. */
  public @Nullable Block block() {
    return block;
  }

  /** Returns whether this is an argument of a block, such as a function's entry block. */
  public boolean isArgument() {
    return block != null;
  }

  /** Returns all uses of this value in the function, in textual order. */
  public List<Use> uses() {
    return Collections.unmodifiableList(uses);
  }

  void use(Operation user, int operand) {
    uses.add(new Use(user, operand));
  }

  void define(Operation operation) {
    definition = operation;
  }

  void define(Block owner) {
    block = owner;
  }

  @Override
  public String toString() {
    return name.isEmpty() ? "an unnamed value" : name;
  }
}
