package org.hlo4j.internal.mlir.text;

import java.util.function.IntPredicate;

/** MLIR's character classes, which are ASCII in any locale. */
public final class Characters {
  private Characters() {}

  static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  public static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Returns the value of a hexadecimal digit, or -1. */
  static int hexValue(int c) {
    if (isDigit(c)) {
      return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
      return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }

  static boolean isWordPart(int c) {
    return isLetter(c) || isDigit(c) || c == '_' || c == '.' || c == '$';
  }

  /** Returns the offset of the first character from {@code at} that is not a digit. */
  public static int digitsEnd(String text, int at) {
    return end(text, at, Characters::isDigit);
  }

  /** Returns the offset of the first character from {@code at} that is not a hexadecimal digit. */
  public static int hexDigitsEnd(String text, int at) {
    return end(text, at, c -> hexValue(c) >= 0);
  }

  /** Returns the offset of the first character from {@code at} that is not white space. */
  public static int blanksEnd(String text, int at) {
    return end(text, at, c -> c == ' ' || c == '\t' || c == '\r' || c == '\n');
  }

  /** Returns the offset of the first character from {@code at} that is not part of a word. */
  static int wordEnd(String text, int at) {
    return end(text, at, Characters::isWordPart);
  }

  private static int end(String text, int at, IntPredicate isMeant) {
    int end = at;
    while (end < text.length() && isMeant.test(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
