package org.hlo4j.processor.verify;

import org.jspecify.annotations.Nullable;

/** A child could not be started, or cannot check programs. The message says why. */
final class NoChildException extends Exception {
  private static final long serialVersionUID = 1L;

  NoChildException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
