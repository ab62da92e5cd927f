package org.hlo4j.error;

/**
 * A buffer, executable or client cannot be used any more: it was closed, or given away to a kernel.
 * The message says by whom.
 */
public class BufferStateException extends HloException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message. */
  public BufferStateException(String message) {
    super(message);
  }
}
