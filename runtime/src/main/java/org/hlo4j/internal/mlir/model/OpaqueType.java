package org.hlo4j.internal.mlir.model;

/**
 * Any type that StableHLO computes nothing with, kept as it is: {@code index}, {@code
 * memref<4xf32>}.
 *
 * @param text as MLIR text has it
 */
public record OpaqueType(String text) implements Type {
  @Override
  public String toString() {
    return text();
  }
}
