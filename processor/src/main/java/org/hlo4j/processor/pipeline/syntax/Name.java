package org.hlo4j.processor.pipeline.syntax;

import org.hlo4j.internal.mlir.text.Span;

/** A name where it is written. */
public record Name(String text, Span span) {
  @Override
  public String toString() {
    return text;
  }
}
