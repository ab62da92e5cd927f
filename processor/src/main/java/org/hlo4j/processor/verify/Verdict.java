package org.hlo4j.processor.verify;

import java.time.Duration;
import java.util.Optional;
import org.hlo4j.SerializedExecutable;

/** XLA's verdict on a program, or why there is none. */
public sealed interface Verdict {
  /**
   * Returns whether the same program would get the same verdict again, so that it can be cached.
   */
  default boolean isLasting() {
    return false;
  }

  /**
   * XLA compiled the program.
   *
   * @param executable the executable, if it was requested and the plugin can serialize it
   * @param costs its costs, if they were requested and the plugin reports them
   */
  record Accepted(Optional<SerializedExecutable> executable, Optional<Costs> costs)
      implements Verdict {
    /** Creates a verdict without executable and costs. */
    public Accepted() {
      this(Optional.empty(), Optional.empty());
    }

    @Override
    public boolean isLasting() {
      return true;
    }
  }

  /**
   * The program was not compiled, for the given reason.
   *
   * @param line the line in the program's text, from 1; 0 if the problem has no position
   * @param column the column in that line, from 1; 0 if the problem has no position
   * @param problem the problem without its position
   * @param by the origin of the rejection
   * @param isLasting whether it is caused by the program, and not, say, by a lack of memory
   */
  record Refused(int line, int column, String problem, By by, boolean isLasting)
      implements Verdict {}

  /** The origin of a rejection. */
  enum By {
    /** XLA. */
    XLA,
    /** XLA, since the plugin lacks a function that the program calls. */
    LACK_OF_FUNCTION,
    /** A check of the runtime. */
    CHECK,
    /** None: the process that was to compile it failed. */
    FAILURE
  }

  /**
   * The process that compiled the program ended.
   *
   * @param how how it ended, as a predicate: "was ended by SIGABRT"
   * @param lastWords its last output lines, or empty
   */
  record Crashed(String how, String lastWords) implements Verdict {}

  /** The compilation exceeded the time limit. */
  record TimedOut(Duration limit) implements Verdict {}

  /**
   * No program can be checked.
   *
   * @param reason why, as a sentence
   */
  record Unavailable(String reason) implements Verdict {}
}
