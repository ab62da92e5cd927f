package org.hlo4j.examples.options;

/**
 * What some paths say of one call's price.
 *
 * @param sum of what the call pays, as worth today
 * @param sumOfSquares of the same
 * @param paths how many there were
 */
record Estimate(double sum, double sumOfSquares, long paths) {
  static final Estimate NONE = new Estimate(0, 0, 0);

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
