package org.hlo4j.internal.mlir.model;

import java.util.List;

/**
 * The type of a function.
 *
 * @param inputs the types of its arguments, in order
 * @param results the types of its results, in order
 */
public record FunctionType(List<Type> inputs, List<Type> results) implements Type {
  public FunctionType {
    inputs = List.copyOf(inputs);
    results = List.copyOf(results);
  }

  @Override
  public String toString() {
    String to = Type.join(results);
    boolean single = results.size() == 1 && !(results.get(0) instanceof FunctionType);
    return "(" + Type.join(inputs) + ") -> " + (single ? to : "(" + to + ")");
  }
}
