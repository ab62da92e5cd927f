package org.hlo4j.processor.verify;

import java.time.Duration;
import java.util.Optional;
import org.hlo4j.SerializedExecutable;

/** What XLA said of a program, or why it said nothing. */
public sealed interface Verdict {
  /** Returns whether the same program would get the same verdict again, so that it may be kept. */
  default boolean isLasting() {
    return false;
  }

  /**
   * XLA compiled the program.
   *
   * @param executable what it made, if that was wanted and the plugin gives it away
   * @param costs what that costs, if it was wanted and the plugin tells
   */
  record Accepted(Optional<SerializedExecutable> executable, Optional<Costs> costs)
      implements Verdict {
    /** Without an executable, and without costs. */
    public Accepted() {
      this(Optional.empty(), Optional.empty());
    }

    @Override
    public boolean isLasting() {
      return true;
    }
  }

  /**
   * The program was not compiled, for a reason that was given.
   *
   * @param line the line in the program's text, counted from 1; 0 if the problem has no place
   * @param column the column in that line, counted from 1; 0 if the problem has no place
   * @param problem what is wrong, without the place
   * @param by who found it
   * @param isLasting whether it lies in the program, and not, say, in a lack of memory
   */
  record Refused(int line, int column, String problem, By by, boolean isLasting)
      implements Verdict {}

  /** Who found fault with a program. */
  enum By {
    /** XLA. */
    XLA,
    /** XLA, since the plugin lacks a function that the program calls. */
    LACK_OF_FUNCTION,
    /** A check of the runtime. */
    CHECK,
    /** Nobody: the process that was to compile it failed. */
    FAILURE
  }

  /**
   * The process that compiled the program came to an end.
   *
   * @param how what is known of that end, as the end of a sentence: "was ended by SIGABRT"
   * @param lastWords the last lines that it wrote, or nothing
   */
  record Crashed(String how, String lastWords) implements Verdict {}

  /** Compiling the program took too long. */
  record TimedOut(Duration limit) implements Verdict {}

  /**
   * No program can be checked.
   *
   * @param reason why, as a sentence
   */
  record Unavailable(String reason) implements Verdict {}
}
