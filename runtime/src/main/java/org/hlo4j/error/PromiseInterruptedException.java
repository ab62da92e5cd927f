package org.hlo4j.error;

/**
 * Thrown if a thread is interrupted while it waits for a promise. The thread's interrupt status is
 * set, and the work continues.
 */
public class PromiseInterruptedException extends HloException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message. */
  public PromiseInterruptedException(String message) {
    super(message);
  }
}
