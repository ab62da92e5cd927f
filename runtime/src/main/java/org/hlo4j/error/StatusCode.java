package org.hlo4j.error;

/** The error codes of PJRT's C API, {@code PJRT_Error_Code}. Immutable. */
public enum StatusCode {
  /** No error. */
  OK,
  /** The operation was cancelled. */
  CANCELLED,
  /** An unknown error. */
  UNKNOWN,
  /** An argument is invalid regardless of the state of the system. */
  INVALID_ARGUMENT,
  /** The operation took too long. */
  DEADLINE_EXCEEDED,
  /** A requested entity does not exist. */
  NOT_FOUND,
  /** An entity to be created already exists. */
  ALREADY_EXISTS,
  /** The caller lacks permission. */
  PERMISSION_DENIED,
  /** Memory or another resource is exhausted. */
  RESOURCE_EXHAUSTED,
  /** The system is not in the state that the operation requires. */
  FAILED_PRECONDITION,
  /** The operation was aborted. */
  ABORTED,
  /** A value is out of range. */
  OUT_OF_RANGE,
  /** The plugin does not implement the operation. */
  UNIMPLEMENTED,
  /** An internal error of the plugin. */
  INTERNAL,
  /** The service is currently unavailable. */
  UNAVAILABLE,
  /** Data was lost or corrupted. */
  DATA_LOSS,
  /** The caller is not authenticated. */
  UNAUTHENTICATED;

  /** Returns the code of a number in the C API, or {@link #UNKNOWN} for any other number. */
  public static StatusCode of(int number) {
    StatusCode[] codes = values();
    return number >= 0 && number < codes.length ? codes[number] : UNKNOWN;
  }
}
