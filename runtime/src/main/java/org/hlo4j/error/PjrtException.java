package org.hlo4j.error;

import org.jspecify.annotations.Nullable;

/** PJRT answered a call with an error, or an operation on the device failed. */
public class PjrtException extends HloException {
  private static final long serialVersionUID = 1L;

  private final StatusCode code;

  /** An exception with PJRT's code and a message that holds PJRT's. */
  public PjrtException(StatusCode code, String message) {
    this(code, message, null);
  }

  /** The same, with what caused it, if known. */
  public PjrtException(StatusCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The code that PJRT gave. */
  public StatusCode code() {
    return code;
  }
}
