package org.hlo4j.error;

/**
 * The thread that waited for a promise was interrupted; its interrupt flag is set again. The work
 * goes on.
 */
public class PromiseInterruptedException extends HloException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message. */
  public PromiseInterruptedException(String message) {
    super(message);
  }
}
