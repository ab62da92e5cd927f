package org.hlo4j.error;

/** Thrown if a promise did not complete within the given time. The work continues. */
public class PromiseTimeoutException extends HloException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message. */
  public PromiseTimeoutException(String message) {
    super(message);
  }
}
