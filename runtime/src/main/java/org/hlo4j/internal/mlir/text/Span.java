package org.hlo4j.internal.mlir.text;

/**
 * A range of offsets in a {@link SourceText}.
 *
 * @param start the offset of the first character
 * @param end the offset after the last character
 */
public record Span(int start, int end) {
  public boolean contains(int offset) {
    return offset >= start && offset < end;
  }
}
