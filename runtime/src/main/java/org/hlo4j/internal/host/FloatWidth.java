package org.hlo4j.internal.host;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The precision of printed floats, and NumPy's thresholds for it. Narrow floats that NumPy lacks
 * are printed as the equal single-precision numbers.
 */
enum FloatWidth {
  HALF(1e3, 1e3),
  SINGLE(1e6, 1e6),
  DOUBLE(1e8, 1e16);

  /** The magnitude from which a column of numbers is printed with exponents. */
  final double large;

  /** The magnitude from which a scalar is printed with an exponent. */
  final double largeAlone;

  FloatWidth(double large, double largeAlone) {
    this.large = large;
    this.largeAlone = largeAlone;
  }

  double round(double value) {
    return switch (this) {
      case HALF -> Float.float16ToFloat(Float.floatToFloat16((float) value));
      case SINGLE -> (float) value;
      case DOUBLE -> value;
    };
  }

  /** Returns the shortest decimal that uniquely identifies a finite number of this width. */
  BigDecimal shortest(double value) {
    if (value == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal decimal =
        switch (this) {
          case HALF -> shortestHalf(value);
          case SINGLE -> new BigDecimal(Float.toString((float) value));
          case DOUBLE -> new BigDecimal(Double.toString(value));
        };
    // Java prints two digits, even if one is enough, when two are closer.
    BigDecimal one = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
    return (standsFor(one, value) ? one : decimal).stripTrailingZeros();
  }

  private BigDecimal shortestHalf(double value) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal decimal;
    int digits = 0;
    do {
      digits++;
      decimal = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    } while (!standsFor(decimal, value));
    return decimal;
  }

  private boolean standsFor(BigDecimal decimal, double value) {
    return this == SINGLE
        ? decimal.floatValue() == (float) value
        : round(decimal.doubleValue()) == value;
  }
}
