package org.hlo4j.internal.mlir.model;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The types in an operation's text: a function type, or types from which the others are inferred.
 *
 * @param functional whether there is a function type
 * @param inputs the operands' types if functional, else all types
 * @param results the results' types if functional, else empty
 */
public record OperationTypes(boolean functional, List<Type> inputs, List<Type> results) {
  static final OperationTypes NONE = new OperationTypes(false, List.of(), List.of());

  /** Returns the type of a result, or null if it is unknown. */
  @Nullable Type resultType(int index, long count) {
    if (functional) {
      return index < results.size() ? results.get(index) : null;
    }
    if (inputs.size() == count) {
      return inputs.get(index);
    }
    // A single type applies to all; of several, as in a selection, the last one is the result's.
    return (count == 1 && !inputs.isEmpty()) || inputs.size() == 1
        ? inputs.get(inputs.size() - 1)
        : null;
  }

  /** Returns the operands' types if there is one for each, else an empty list. */
  public List<Type> operandTypes(int count) {
    return inputs.size() == count ? Collections.unmodifiableList(inputs) : List.of();
  }
}
