package org.hlo4j.processor.pipeline.syntax;

import org.hlo4j.internal.mlir.text.Span;

/**
 * A name where it is written.
 *
 * @param span where it is
 */
public record Name(String text, Span span) {
  @Override
  public String toString() {
    return text;
  }
}
