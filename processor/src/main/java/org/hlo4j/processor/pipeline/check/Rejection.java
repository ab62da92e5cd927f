package org.hlo4j.processor.pipeline.check;

/** The failure of a check, which ends the check of a statement. */
abstract sealed class Rejection extends Exception permits Refusal, SilentRefusal {
  private static final long serialVersionUID = 1;

  Rejection(String message) {
    super(message, null, false, false);
  }
}
