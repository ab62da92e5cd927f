package org.hlo4j.error;

import org.jspecify.annotations.Nullable;

/** Thrown if a PJRT call returned an error, or an operation on the device failed. */
public class PjrtException extends HloException {
  private static final long serialVersionUID = 1L;

  private final StatusCode code;

  /** Creates an exception with PJRT's error code and a message that contains PJRT's. */
  public PjrtException(StatusCode code, String message) {
    this(code, message, null);
  }

  /** Creates an exception with a cause, if known. */
  public PjrtException(StatusCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns PJRT's error code. */
  public StatusCode code() {
    return code;
  }
}
