package org.hlo4j.error;

import org.jspecify.annotations.Nullable;

/**
 * A PJRT plugin is missing, cannot be fetched, is not what it should be, or cannot be loaded. The
 * message says what to do about it.
 */
public class PluginException extends HloException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message. */
  public PluginException(String message) {
    super(message);
  }

  /** An exception with a message and what caused it, if known. */
  public PluginException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
