package org.hlo4j.internal.host;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Formats single floats, in positional or scientific notation, with the fewest digits that identify
 * a value, up to a maximum precision.
 */
final class FloatText {
  private static final double SMALL = 1e-4;

  private FloatText() {}

  /** Returns a finite number without an exponent, such as {@code -12.} or {@code 0.25}. */
  static String positional(double value, FloatWidth width, int mostDecimals) {
    BigDecimal decimal = width.shortest(value);
    if (decimal.scale() > mostDecimals) {
      // Rounded from the exact number, to avoid double rounding.
      decimal = new BigDecimal(value).setScale(mostDecimals, RoundingMode.HALF_EVEN);
    }
    String digits = trimmed(decimal.abs()).toPlainString();
    return sign(value) + (digits.contains(".") ? digits : digits + ".");
  }

  /**
   * Returns a finite number with an exponent, such as {@code 1.5e+08}.
   *
   * @param leastDecimals the minimum number of decimals
   * @param leastExponent the minimum number of digits of the exponent, padded with zeros
   */
  static String scientific(
      double value, FloatWidth width, int leastDecimals, int mostDecimals, int leastExponent) {
    BigDecimal decimal = width.shortest(value);
    int decimals = Math.clamp(decimal.precision() - 1L, leastDecimals, mostDecimals);
    if (decimals != decimal.precision() - 1) {
      decimal = new BigDecimal(value).round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
    }
    decimal = trimmed(decimal.abs());
    BigInteger unscaled = decimal.unscaledValue();
    String digits = unscaled.toString();
    int exponent = digits.length() - 1 - decimal.scale();
    String behind = digits.substring(1);
    return "%s%c.%s%se%c%s"
        .formatted(
            sign(value),
            digits.charAt(0),
            behind,
            "0".repeat(Math.max(0, leastDecimals - behind.length())),
            exponent < 0 ? '-' : '+',
            padded(Math.abs(exponent), leastExponent));
  }

  /** Returns the number without trailing zeros, even before the decimal point. */
  private static BigDecimal trimmed(BigDecimal decimal) {
    return decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros();
  }

  private static String padded(int exponent, int least) {
    String digits = Integer.toString(exponent);
    return "0".repeat(Math.max(0, least - digits.length())) + digits;
  }

  private static String sign(double value) {
    return Math.copySign(1, value) < 0 ? "-" : "";
  }

  static String notFinite(double value) {
    return Double.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf";
  }

  /** Returns the text of a scalar, with all its digits, such as {@code 0.5} or {@code 1e-05}. */
  static String alone(double value, FloatWidth width) {
    String text = part(value, width);
    return text.endsWith(".") ? text + "0" : text;
  }

  private static String part(double value, FloatWidth width) {
    if (!Double.isFinite(value)) {
      return notFinite(value);
    }
    double magnitude = Math.abs(value);
    if (magnitude == 0 || (magnitude >= SMALL && magnitude < width.largeAlone)) {
      return positional(value, width, Integer.MAX_VALUE);
    }
    return scientific(value, width, 0, Integer.MAX_VALUE - 1, 2).replace(".e", "e");
  }

  /** Returns the text of a complex scalar, such as {@code (1+2j)}. */
  static String alone(double real, double imaginary, FloatWidth width) {
    String second = withoutPoint(part(imaginary, width)) + "j";
    if (real == 0 && Math.copySign(1, real) > 0) {
      return second;
    }
    boolean signed = second.startsWith("-");
    return "(%s%s%s)".formatted(withoutPoint(part(real, width)), signed ? "" : "+", second);
  }

  private static String withoutPoint(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }
}
