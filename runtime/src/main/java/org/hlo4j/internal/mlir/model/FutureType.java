package org.hlo4j.internal.mlir.model;

import java.util.List;

/**
 * The type of the result of an asynchronous operation.
 *
 * @param results the types that it becomes when it is done
 */
public record FutureType(List<Type> results) implements Type {
  public FutureType {
    results = List.copyOf(results);
  }

  @Override
  public String toString() {
    return "!stablehlo.future<" + Type.join(results) + ">";
  }
}
