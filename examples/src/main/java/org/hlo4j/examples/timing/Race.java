package org.hlo4j.examples.timing;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Several ways to do the same, timed in turn, so that a change of the machine's speed hits all. One
 * round comes first that does not count. For one thread.
 */
public final class Race {
  private final Map<String, Runnable> ways = new LinkedHashMap<>();
  private final Map<String, double[]> seconds = new LinkedHashMap<>();

  /** Adds a way; the first one is what the others are compared with. */
  public Race with(String name, Runnable way) {
    ways.put(name, way);
    return this;
  }

  /** Runs all ways in turn, {@code rounds} times, of which there is at least one. */
  public Race run(int rounds) {
    ways.values().forEach(Runnable::run);
    ways.keySet().forEach(name -> seconds.put(name, new double[rounds]));
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Runnable> way : ways.entrySet()) {
        long start = System.nanoTime();
        way.getValue().run();
        times(way.getKey())[round] = (System.nanoTime() - start) / 1e9;
      }
    }
    return this;
  }

  /** The median seconds of a way. */
  public double seconds(String name) {
    return median(times(name));
  }

  /** How many times as long as the first way another takes: the median over the rounds. */
  public double ratio(String name) {
    double[] first = seconds.values().iterator().next();
    double[] ratios = times(name).clone();
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] /= first[i];
    }
    return median(ratios);
  }

  /** Prints a line for each way: its median, its fastest and slowest round, and its ratio. */
  public void print(PrintStream out) {
    int rounds = seconds.values().iterator().next().length;
    out.printf("%-34s%10s%18s%10s%n", "medians of " + rounds + " rounds", "ms", "from-to", "ratio");
    for (Map.Entry<String, double[]> way : seconds.entrySet()) {
      double[] sorted = way.getValue().clone();
      Arrays.sort(sorted);
      String name = way.getKey();
      String range =
          String.format(Locale.ROOT, "%.1f-%.1f", 1e3 * sorted[0], 1e3 * sorted[rounds - 1]);
      out.printf(Locale.ROOT, "%-34s%10.1f%18s", name, 1e3 * median(sorted), range);
      out.printf(Locale.ROOT, "%10.2f%n", ratio(name));
    }
  }

  private double[] times(String name) {
    double[] times = seconds.get(name);
    if (times == null) {
      throw new IllegalStateException(name + " has not run");
    }
    return times;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
