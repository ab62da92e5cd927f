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

  /** As an operand names it: {@code %0}, {@code %5#1}; empty if the text gives it no name. */
  public String name() {
    return name;
  }

  /** Where it is named in its definition; null if it has no name. */
  public @Nullable Span span() {
    return span;
  }

  /** The type, or null if its definition does not say. */
  public @Nullable Type type() {
    return type;
  }

  /** The place among the results of its operation, or among the arguments of its block. */
  public int index() {
    return index;
  }

  /** The operation whose result this is, or null if it is an argument. */
  public @Nullable Operation definition() {
    return definition;
  }

  /** The block whose argument this is, or null if it is a result. */
  public @Nullable Block block() {
    return block;
  }

  /** Whether this is an argument of a block; a function's arguments are those of its first one. */
  public boolean isArgument() {
    return block != null;
  }

  /** Every operand that is this value, in regions of the same function too, in textual order. */
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
