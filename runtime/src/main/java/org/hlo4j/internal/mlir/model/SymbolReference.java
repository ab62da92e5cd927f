package org.hlo4j.internal.mlir.model;

import org.hlo4j.internal.mlir.text.Span;

/**
 * A reference to a symbol, such as a function, by name.
 *
 * @param name without the {@code @}, and without quotes if it has any
 * @param span where it is mentioned, with the {@code @}
 */
public record SymbolReference(String name, Span span) {
  @Override
  public String toString() {
    return "@" + name;
  }
}
