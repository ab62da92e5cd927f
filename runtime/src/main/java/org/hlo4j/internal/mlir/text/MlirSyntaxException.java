package org.hlo4j.internal.mlir.text;

import org.hlo4j.error.CompilationException;

/** Thrown for text that is not valid MLIR, or that uses an undefined value; gives the line. */
public final class MlirSyntaxException extends CompilationException {
  private static final long serialVersionUID = 1L;

  private final int offset;

  MlirSyntaxException(SourceText source, int offset, String problem) {
    super(
        source.describe(offset, problem),
        source.line(offset),
        source.column(offset),
        problem,
        null);
    this.offset = offset;
  }

  /** Returns the offset in the text, from 0. */
  public int offset() {
    return offset;
  }
}
