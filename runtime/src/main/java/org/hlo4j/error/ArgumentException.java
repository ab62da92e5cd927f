package org.hlo4j.error;

/**
 * An argument does not fit: a wrong number of arguments, or one with a wrong shape, element type,
 * device or client. Nothing was sent to the device.
 */
public class ArgumentException extends HloException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message. */
  public ArgumentException(String message) {
    super(message);
  }
}
