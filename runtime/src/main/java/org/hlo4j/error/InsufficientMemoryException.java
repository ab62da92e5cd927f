package org.hlo4j.error;

/**
 * Thrown if the results of a call, or a tensor, do not fit into the available memory. Either the
 * library rejected the call, or the allocation on the device failed even after unreachable tensors
 * were freed.
 */
public class InsufficientMemoryException extends HloException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message. */
  public InsufficientMemoryException(String message) {
    super(message);
  }

  /** Creates an exception with a message and a cause. */
  public InsufficientMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
