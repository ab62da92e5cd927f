package org.hlo4j.internal.mlir.model;

/** StableHLO's token, which orders operations with side effects. */
public record TokenType() implements Type {
  @Override
  public String text() {
    return "!stablehlo.token";
  }

  @Override
  public String toString() {
    return text();
  }
}
