package org.hlo4j.processor.pipeline.graph;

import java.util.List;

/** A pipeline that would have more steps than it may, once the rounds of a loop are written out. */
public final class TooLongException extends Exception {
  /** Of so many steps javac and XLA still make a program while one waits. */
  public static final int MOST = 2000;

  private static final long serialVersionUID = 1;

  private final int line;

  TooLongException(int line) {
    super("The loop is too long to be written out", null, false, false);
    this.line = line;
  }

  /**
   * Stops the writing out of a loop's rounds.
   *
   * @param line the loop's
   * @throws TooLongException if there are more steps than may be
   */
  public static void check(List<Step> steps, int line) throws TooLongException {
    if (Step.all(steps).count() > MOST) {
      throw new TooLongException(line);
    }
  }

  public int line() {
    return line;
  }
}
