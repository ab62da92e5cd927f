package org.hlo4j.error;

/**
 * A call's results, or a tensor, do not fit into the memory that is there. It was refused before it
 * reached the device, or the device has refused it, also after what nobody uses was freed.
 */
public class InsufficientMemoryException extends HloException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message. */
  public InsufficientMemoryException(String message) {
    super(message);
  }

  /** The same, with what caused it. */
  public InsufficientMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
