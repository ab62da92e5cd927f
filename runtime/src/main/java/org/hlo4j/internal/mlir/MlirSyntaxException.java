package org.hlo4j.internal.mlir;

import org.hlo4j.error.CompilationException;

/** Text that is no MLIR, or uses a value that it does not define; says where, with the line. */
public final class MlirSyntaxException extends CompilationException {
  private static final long serialVersionUID = 1L;

  /** Names may be of any length, and a message must not. */
  private static final int LONGEST_PROBLEM = 400;

  private final int offset;
  private final int line;
  private final int column;
  private final String problem;

  MlirSyntaxException(SourceText source, int offset, String problem) {
    super(
        "line %d, column %d: %s\n%s"
            .formatted(
                source.line(offset),
                source.column(offset),
                shorten(problem),
                source.excerpt(offset)));
    this.offset = offset;
    this.line = source.line(offset);
    this.column = source.column(offset);
    this.problem = shorten(problem);
  }

  private static String shorten(String problem) {
    return problem.length() <= LONGEST_PROBLEM
        ? problem
        : problem.substring(0, LONGEST_PROBLEM) + "...";
  }

  /** The offset in the text, counted from 0. */
  public int offset() {
    return offset;
  }

  /** The line in the text, counted from 1. */
  public int line() {
    return line;
  }

  /** The column in that line, counted from 1. */
  public int column() {
    return column;
  }

  /** What is wrong, without the place. */
  public String problem() {
    return problem;
  }
}
