package org.hlo4j.examples.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * A vertical axis on which each factor of ten has the same length.
 *
 * @param low the value at the bottom
 * @param high the value at the top
 */
public record LogScale(double low, double high, double bottom, double top) {
  private static final int[] STEPS = {1, 2, 5};
  private static final double MARGIN = 1.15;

  /** The scale on which all of these values, each above 0, have room. */
  public static LogScale of(double[] values, double bottom, double top) {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (double value : values) {
      if (isDrawable(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    return high == 0
        ? new LogScale(0.1, 1, bottom, top)
        : new LogScale(low / MARGIN, high * MARGIN, bottom, top);
  }

  /** A loss may have become infinite or not a number, or 0, which has no place on this scale. */
  public static boolean isDrawable(double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY;
  }

  public double y(double value) {
    double share = Math.log(value / low) / Math.log(high / low);
    return bottom + share * (top - bottom);
  }

  /** 1, 2 and 5 times the powers of ten, as far as they are on the scale; bare powers if many. */
  public List<Double> ticks() {
    boolean wide = high / low > 1e4;
    List<Double> ticks = new ArrayList<>();
    for (int exponent = exponent(low); exponent <= exponent(high); exponent++) {
      for (int step : STEPS) {
        double tick = step * Math.pow(10, exponent);
        if (tick >= low && tick <= high && (step == 1 || !wide)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private static int exponent(double value) {
    return (int) Math.floor(Math.log10(value));
  }
}
