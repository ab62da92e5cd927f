package org.hlo4j.error;

/**
 * Thrown if a buffer, executable or client is used after it was closed or donated. The message
 * names the call that did so.
 */
public class BufferStateException extends HloException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message. */
  public BufferStateException(String message) {
    super(message);
  }
}
