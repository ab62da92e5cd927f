package org.hlo4j.internal.mlir.model;

import org.hlo4j.internal.mlir.text.Span;

/**
 * A reference to a symbol, such as a function, by name.
 *
 * @param name without the {@code @} and quotes
 * @param span the position, with the {@code @}
 */
public record SymbolReference(String name, Span span) {
  @Override
  public String toString() {
    return "@" + name;
  }
}
