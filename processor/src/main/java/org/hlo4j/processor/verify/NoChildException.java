package org.hlo4j.processor.verify;

import org.jspecify.annotations.Nullable;

/** Thrown if a child cannot be started or cannot check programs. The message gives the reason. */
final class NoChildException extends Exception {
  private static final long serialVersionUID = 1L;

  NoChildException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
