package org.hlo4j.error;

/**
 * Thrown if arguments do not match: their number, or the shape, element type, device or client of
 * one. Nothing was sent to the device.
 */
public class ArgumentException extends HloException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message. */
  public ArgumentException(String message) {
    super(message);
  }
}
