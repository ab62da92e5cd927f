package org.hlo4j.error;

/**
 * A library was loaded and is of no use here: it is no PJRT plugin, speaks another version of the C
 * API, or has no device on this machine.
 */
public class UnsupportedPluginException extends PluginException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message. */
  public UnsupportedPluginException(String message) {
    super(message);
  }
}
