package org.hlo4j.error;

import org.jspecify.annotations.Nullable;

/** A program was refused: by a check of the library, or by XLA. The message shows the line. */
public class CompilationException extends HloException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String problem;

  /** An exception with a message. */
  public CompilationException(String message) {
    this(message, null);
  }

  /** An exception with a message and what caused it, if known. */
  public CompilationException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.line = 0;
    this.column = 0;
    this.problem = message;
  }

  /**
   * An exception about a place in a program.
   *
   * @param message the problem with its place
   * @param line the line in the program's text, counted from 1
   * @param column the column in that line, counted from 1
   * @param problem what is wrong, without the place
   */
  public CompilationException(
      String message, int line, int column, String problem, @Nullable Throwable cause) {
    super(message, cause);
    this.line = line;
    this.column = column;
    this.problem = problem;
  }

  /** The line in the program's text, counted from 1; 0 if the problem has no place in it. */
  public final int line() {
    return line;
  }

  /** The column in that line, counted from 1; 0 if the problem has no place in the text. */
  public final int column() {
    return column;
  }

  /** What is wrong, without the place. */
  public final String problem() {
    return problem;
  }
}
