package org.hlo4j.tests.bench;

import java.util.stream.DoubleStream;

/** What several measurements of one thing have in common. */
public record Sample(double least, double median, double most) {
  /** Of at least one measurement. */
  public static Sample of(DoubleStream measurements) {
    double[] sorted = measurements.sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Sample(sorted[0], median, sorted[sorted.length - 1]);
  }
}
