package org.hlo4j.examples.options;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What some paths say of one call's price.
 *
 * @param sum of what the call pays, as worth today
 * @param sumOfSquares of the same
 * @param paths how many there were
 */
record Estimate(double sum, double sumOfSquares, long paths) {
  static final Estimate NONE = new Estimate(0, 0, 0);

  /** An estimate for each call, of one simulation. */
  static List<Estimate> of(double[] sums, double[] squares) {
    return IntStream.range(0, sums.length)
        .mapToObj(call -> new Estimate(sums[call], squares[call], Calls.PATHS))
        .toList();
  }

  Estimate plus(Estimate other) {
    return new Estimate(sum + other.sum, sumOfSquares + other.sumOfSquares, paths + other.paths);
  }

  double price() {
    return sum / paths;
  }

  double error() {
    double variance = sumOfSquares / paths - price() * price();
    return Math.sqrt(variance / (paths - 1));
  }
}
