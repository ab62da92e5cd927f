package org.hlo4j.error;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a PJRT plugin is missing, or cannot be downloaded, verified or loaded. The message
 * suggests a fix.
 */
public class PluginException extends HloException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message. */
  public PluginException(String message) {
    super(message);
  }

  /** Creates an exception with a message and a cause, if known. */
  public PluginException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
