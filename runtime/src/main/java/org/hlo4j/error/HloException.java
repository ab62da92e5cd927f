package org.hlo4j.error;

import org.jspecify.annotations.Nullable;

/**
 * The superclass of all exceptions that the library throws. Messages name the kernel and the
 * argument, and state the expected and the actual value. Immutable apart from the stack trace.
 */
public class HloException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message. */
  public HloException(String message) {
    super(message);
  }

  /** Creates an exception with a message and a cause, if known. */
  public HloException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
