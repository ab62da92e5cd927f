package org.hlo4j.internal.mlir.model;

/**
 * A type other than a tensor or function type, as text: {@code index}, {@code !stablehlo.token},
 * {@code tuple<tensor<f32>>}.
 *
 * @param text the type's MLIR text
 */
public record OpaqueType(String text) implements Type {
  @Override
  public String toString() {
    return text();
  }
}
