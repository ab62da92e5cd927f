package org.hlo4j.cli.run;

import java.util.Arrays;
import java.util.Locale;

/**
 * The durations of calls, in milliseconds.
 *
 * @param calls the number of measured calls
 */
public record Timing(int calls, double median, double least, double most) {
  private static final double NANOS_IN_A_MILLI = 1e6;

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d calls: median %.3f ms, minimum %.3f, maximum %.3f",
        calls,
        median,
        least,
        most);
  }

  public static Timing of(Runner runner, int calls) {
    double[] millis = new double[calls];
    for (int i = 0; i < calls; i++) {
      long start = System.nanoTime();
      runner.run();
      millis[i] = (System.nanoTime() - start) / NANOS_IN_A_MILLI;
    }
    Arrays.sort(millis);
    return new Timing(calls, millis[calls / 2], millis[0], millis[calls - 1]);
  }
}
