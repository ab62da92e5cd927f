package org.hlo4j.internal.mlir.model;

/** StableHLO's token, which orders operations with side effects. */
public record TokenType() implements Type {
  @Override
  public String toString() {
    return "!stablehlo.token";
  }
}
