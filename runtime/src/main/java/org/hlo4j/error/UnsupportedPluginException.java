package org.hlo4j.error;

/**
 * Thrown if a library was loaded but cannot be used: it is not a PJRT plugin, implements another
 * version of the C API, or has no device on this machine.
 */
public class UnsupportedPluginException extends PluginException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message. */
  public UnsupportedPluginException(String message) {
    super(message);
  }
}
