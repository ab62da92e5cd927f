package org.hlo4j.error;

/**
 * A call's results, or a tensor, would not fit into the memory that is there. It was refused before
 * it reached the device.
 */
public class InsufficientMemoryException extends HloException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message. */
  public InsufficientMemoryException(String message) {
    super(message);
  }
}
