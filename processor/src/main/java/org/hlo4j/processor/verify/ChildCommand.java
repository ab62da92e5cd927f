package org.hlo4j.processor.verify;

import java.time.Duration;
import java.util.List;

/** The command of a child process, and its time limits. */
public interface ChildCommand {
  /**
   * Returns the program and its arguments.
   *
   * @throws IllegalStateException if there is no way to run it, with the reason
   */
  List<String> words();

  /**
   * How long a child may take for a program.
   *
   * @param usual what the build allows for each
   */
  default Duration limit(Request request, Duration usual) {
    return usual;
  }

  /** How long a child may take until it is ready for programs: a minute, and then some. */
  default Duration startLimit() {
    return Duration.ofMinutes(2);
  }
}
