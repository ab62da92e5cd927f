package org.hlo4j.cli;

/** What the command ends with. */
final class ExitStatus {
  /** All that was asked for was done. */
  static final int DONE = 0;

  /** Something was refused or failed; what, stands on standard error. */
  static final int FAILED = 1;

  /** The arguments are wrong. */
  static final int USAGE = 2;

  private ExitStatus() {}
}
