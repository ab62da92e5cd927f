package org.hlo4j.error;

/**
 * What kind of failure PJRT reports: the codes of its C API, {@code PJRT_Error_Code}. Immutable.
 */
public enum StatusCode {
  /** No failure. */
  OK,
  /** The operation was cancelled. */
  CANCELLED,
  /** A failure of an unknown kind. */
  UNKNOWN,
  /** An argument that is wrong in any state of the system. */
  INVALID_ARGUMENT,
  /** The operation took too long. */
  DEADLINE_EXCEEDED,
  /** Something that was asked for does not exist. */
  NOT_FOUND,
  /** Something that was to be made exists. */
  ALREADY_EXISTS,
  /** The caller may not do this. */
  PERMISSION_DENIED,
  /** Memory or another resource is used up. */
  RESOURCE_EXHAUSTED,
  /** The system is in a state that does not allow the operation. */
  FAILED_PRECONDITION,
  /** The operation was aborted. */
  ABORTED,
  /** Beyond a valid range. */
  OUT_OF_RANGE,
  /** The plugin does not implement this. */
  UNIMPLEMENTED,
  /** Something inside the plugin is broken. */
  INTERNAL,
  /** The service is not available now. */
  UNAVAILABLE,
  /** Data was lost or damaged. */
  DATA_LOSS,
  /** The caller is not known. */
  UNAUTHENTICATED;

  /** The code of a number in the C API; a number that is none of them is {@link #UNKNOWN}. */
  public static StatusCode of(int number) {
    StatusCode[] codes = values();
    return number >= 0 && number < codes.length ? codes[number] : UNKNOWN;
  }
}
