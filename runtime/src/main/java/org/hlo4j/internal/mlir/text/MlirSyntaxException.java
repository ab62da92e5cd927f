package org.hlo4j.internal.mlir.text;

import org.hlo4j.error.CompilationException;

/** Text that is no MLIR, or uses a value that it does not define; says where, with the line. */
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

  /** The offset in the text, counted from 0. */
  public int offset() {
    return offset;
  }
}
