package org.hlo4j.error;

import org.jspecify.annotations.Nullable;

/** Thrown if a check of the library, or XLA, rejects a program. The message shows the line. */
public class CompilationException extends HloException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String problem;

  /** Creates an exception with a message. */
  public CompilationException(String message) {
    this(message, null);
  }

  /** Creates an exception with a message and a cause, if known. */
  public CompilationException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.line = 0;
    this.column = 0;
    this.problem = message;
  }

  /**
   * Creates an exception about a position in a program.
   *
   * @param message the problem with its position
   * @param line the line in the program's text, from 1
   * @param column the column in that line, from 1
   * @param problem the problem without its position
   */
  public CompilationException(
      String message, int line, int column, String problem, @Nullable Throwable cause) {
    super(message, cause);
    this.line = line;
    this.column = column;
    this.problem = problem;
  }

  /** Returns the line in the program's text, from 1; 0 if the problem has no position. */
  public final int line() {
    return line;
  }

  /** Returns the column in that line, from 1; 0 if the problem has no position. */
  public final int column() {
    return column;
  }

  /** Returns the problem without its position. */
  public final String problem() {
    return problem;
  }
}
