package org.hlo4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of all exceptions that the library throws. Messages say which kernel, which argument,
 * what was expected and what came. What they tell never changes, so that many threads may read
 * them.
 */
public class HloException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message. */
  public HloException(String message) {
    super(message);
  }

  /** An exception with a message and what caused it, if known. */
  public HloException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
