package org.hlo4j.internal.mlir.model;

/**
 * A type that StableHLO does not compute with, kept as text: {@code index}, {@code memref<4xf32>}.
 *
 * @param text as MLIR text has it
 */
public record OpaqueType(String text) implements Type {
  @Override
  public String toString() {
    return text();
  }
}
