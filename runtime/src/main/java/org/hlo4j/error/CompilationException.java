package org.hlo4j.error;

import org.jspecify.annotations.Nullable;

/** A program was refused: by a check of the library, or by XLA. The message shows the line. */
public class CompilationException extends HloException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message. */
  public CompilationException(String message) {
    super(message);
  }

  /** An exception with a message and what caused it, if known. */
  public CompilationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
