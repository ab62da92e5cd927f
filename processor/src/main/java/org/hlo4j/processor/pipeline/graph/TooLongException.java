package org.hlo4j.processor.pipeline.graph;

import java.util.List;

/** Thrown if a pipeline would have too many steps after unrolling loops. */
public final class TooLongException extends Exception {
  /** The number of steps that javac and XLA process in acceptable time. */
  public static final int MOST = 2000;

  private static final long serialVersionUID = 1;

  private final int line;

  TooLongException(int line) {
    super("The loop is too long to be written out", null, false, false);
    this.line = line;
  }

  /**
   * Checks the number of steps.
   *
   * @param line the loop's line
   * @throws TooLongException if there are too many
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
