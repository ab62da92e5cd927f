package org.hlo4j.internal.mlir.model;

import java.util.List;

/**
 * A tuple.
 *
 * @param components the types of its components, in order
 */
public record TupleType(List<Type> components) implements Type {
  public TupleType {
    components = List.copyOf(components);
  }

  @Override
  public String toString() {
    return "tuple<" + Type.join(components) + ">";
  }
}
