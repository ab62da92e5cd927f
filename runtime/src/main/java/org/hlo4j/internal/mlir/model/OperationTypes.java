package org.hlo4j.internal.mlir.model;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The types that an operation spells out: a function type, or those from which its pretty form
 * infers all others.
 *
 * @param functional whether the results' types are told from the operands'
 * @param inputs the operands' types if functional, else all types that are written
 * @param results the results' types if functional, else empty
 */
public record OperationTypes(boolean functional, List<Type> inputs, List<Type> results) {
  static final OperationTypes NONE = new OperationTypes(false, List.of(), List.of());

  /** The type of a result, or null if the text does not tell. */
  @Nullable Type resultType(int index, long count) {
    if (functional) {
      return index < results.size() ? results.get(index) : null;
    }
    if (inputs.size() == count) {
      return inputs.get(index);
    }
    // One type stands for all; of several, as in a selection, the last one is the result's.
    return (count == 1 && !inputs.isEmpty()) || inputs.size() == 1
        ? inputs.get(inputs.size() - 1)
        : null;
  }

  /** The types of the operands if one is written for each, or else none. */
  public List<Type> operandTypes(int count) {
    return inputs.size() == count ? Collections.unmodifiableList(inputs) : List.of();
  }
}
