package org.hlo4j.processor.verify;

import java.time.Duration;
import java.util.List;

/** The command of a child process, and its time limits. */
public interface ChildCommand {
  /**
   * Returns the program and its arguments.
   *
   * @throws IllegalStateException if it cannot be run, with the reason
   */
  List<String> words();

  /**
   * Returns the time limit for a program.
   *
   * @param usual the build's limit
   */
  default Duration limit(Request request, Duration usual) {
    return usual;
  }

  /** Returns the time limit for starting a child, which may take a minute. */
  default Duration startLimit() {
    return Duration.ofMinutes(2);
  }
}
