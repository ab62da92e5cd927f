package org.hlo4j.internal.host;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * NumPy's format for all floats of an array: with or without exponents, and padded to align decimal
 * points.
 */
final class FloatColumn implements DoubleFunction<String> {
  private static final int MOST_DECIMALS = 8;
  private static final double MOST_RATIO = 1000;

  private final FloatWidth width;
  private final boolean signed;
  private final boolean exponents;
  private final int exponentDigits;
  private final int decimals;
  private final int left;
  private final int right;

  /**
   * Determines the format for values.
   *
   * @param signed whether positive numbers have a plus
   */
  FloatColumn(double[] values, FloatWidth width, boolean signed) {
    this.width = width;
    this.signed = signed;
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    this.exponents = needsExponents(finite);
    int wholeWidth = 0;
    int decimalWidth = 0;
    int exponentWidth = 0;
    for (double value : finite) {
      String text = text(value, 0, 2);
      int point = text.indexOf('.');
      int end = exponents ? text.indexOf('e') : text.length();
      wholeWidth = Math.max(wholeWidth, point);
      decimalWidth = Math.max(decimalWidth, end - point - 1);
      // Without the letter and the sign.
      exponentWidth = Math.max(exponentWidth, text.length() - end - 2);
    }
    this.decimals = decimalWidth;
    this.exponentDigits = exponentWidth;
    this.right = exponents ? exponentWidth + 2 + decimalWidth : decimalWidth;
    this.left =
        finite.length == values.length ? wholeWidth : leftOfOthers(values, wholeWidth, right + 1);
  }

  private int leftOfOthers(double[] values, int wholeWidth, int offset) {
    boolean hasSign =
        signed || DoubleStream.of(values).anyMatch(value -> value == Double.NEGATIVE_INFINITY);
    return Math.max(wholeWidth, "inf".length() + (hasSign ? 1 : 0) - offset);
  }

  private boolean needsExponents(double[] finite) {
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (double value : finite) {
      if (value != 0) {
        largest = Math.max(largest, Math.abs(value));
        smallest = Math.min(smallest, Math.abs(value));
      }
    }
    return largest > 0
        && (largest >= width.large
            || smallest < width.round(1e-4)
            || width.round(largest / smallest) > MOST_RATIO);
  }

  private String text(double value, int leastDecimals, int leastExponent) {
    String text =
        exponents
            ? FloatText.scientific(value, width, leastDecimals, MOST_DECIMALS, leastExponent)
            : FloatText.positional(value, width, MOST_DECIMALS);
    return withSign(text);
  }

  private String withSign(String text) {
    return signed && !text.startsWith("-") ? "+" + text : text;
  }

  @Override
  public String apply(double value) {
    if (!Double.isFinite(value)) {
      String text = withSign(FloatText.notFinite(value));
      return " ".repeat(Math.max(0, left + right + 1 - text.length())) + text;
    }
    String text = text(value, decimals, exponentDigits);
    int point = text.indexOf('.');
    int behind = text.length() - point - 1;
    return " ".repeat(Math.max(0, left - point)) + text + " ".repeat(Math.max(0, right - behind));
  }
}
