package org.hlo4j.tests.bench;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * What is to be reached against a peer, or by itself.
 *
 * @param text for the table
 * @param limit the limit for a peer's figure; by itself, the peer's figure is 1
 * @param atLeast whether the limit is to be reached from above
 */
record Target(String text, DoubleUnaryOperator limit, boolean atLeast) {
  /** What two equal things differ by from run to run, on a machine that is shared. */
  private static final double NOISE = 1.05;

  static Target atMostTimes(double factor) {
    return new Target(String.format(Locale.ROOT, "≤ %.2f ×", factor), peer -> factor * peer, false);
  }

  static Target noSlower() {
    return new Target("no slower", peer -> NOISE * peer, false);
  }

  static Target sooner() {
    return new Target("sooner", peer -> peer, false);
  }

  /** At most so much more than the peer, in the row's unit. */
  static Target within(double more) {
    return new Target(
        String.format(Locale.ROOT, "+ %.0f at most", more), peer -> peer + more, false);
  }

  static Target atMost(double value) {
    return new Target(String.format(Locale.ROOT, "≤ %.0f", value), peer -> value, false);
  }

  static Target atLeast(double value) {
    return new Target(String.format(Locale.ROOT, "≥ %.1f", value), peer -> value, true);
  }

  /** The same order of magnitude, or better. */
  static Target sameOrder() {
    return new Target("same order", peer -> peer / 1.25, true);
  }

  /** A figure over its limit: up to 1 is reached, or, from above, 1 and more. */
  double share(double figure, double peer) {
    return figure / limit.applyAsDouble(peer);
  }

  boolean isReached(double share) {
    return atLeast ? share >= 1 : share <= 1;
  }
}
