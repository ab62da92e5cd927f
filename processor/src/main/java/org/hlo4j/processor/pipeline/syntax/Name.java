package org.hlo4j.processor.pipeline.syntax;

import org.hlo4j.internal.mlir.text.Span;

/** An occurrence of a name. */
public record Name(String text, Span span) {
  @Override
  public String toString() {
    return text;
  }
}
