package org.hlo4j.internal.mlir.model;

/**
 * A type that is no tensor's and no function's, kept as text: {@code index}, {@code
 * !stablehlo.token}, {@code tuple<tensor<f32>>}.
 *
 * @param text as MLIR text has it
 */
public record OpaqueType(String text) implements Type {
  @Override
  public String toString() {
    return text();
  }
}
