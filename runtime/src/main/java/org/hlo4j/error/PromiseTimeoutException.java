package org.hlo4j.error;

/** A promise was not ready in the time that its reader was willing to wait. The work goes on. */
public class PromiseTimeoutException extends HloException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message. */
  public PromiseTimeoutException(String message) {
    super(message);
  }
}
