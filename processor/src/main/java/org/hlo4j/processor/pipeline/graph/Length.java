package org.hlo4j.processor.pipeline.graph;

import java.util.List;

/** How long a pipeline may be once its rounds are written out. */
public final class Length {
  /** Of so many steps javac and XLA still make a program while one waits. */
  public static final int MOST = 2000;

  private Length() {}

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
}
