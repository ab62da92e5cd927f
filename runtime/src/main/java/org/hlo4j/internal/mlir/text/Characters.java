package org.hlo4j.internal.mlir.text;

/** MLIR's character classes, which are ASCII in any locale. */
public final class Characters {
  private Characters() {}

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** The value of a hexadecimal digit, or -1. */
  public static int hexValue(char c) {
    if (isDigit(c)) {
      return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
      return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }

  static boolean isWordPart(char c) {
    return isLetter(c) || isDigit(c) || c == '_' || c == '.' || c == '$';
  }

  /** The offset of the first character from {@code at} that is no digit. */
  public static int digitsEnd(String text, int at) {
    int end = at;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** The offset of the first character from {@code at} that is no hexadecimal digit. */
  public static int hexDigitsEnd(String text, int at) {
    int end = at;
    while (end < text.length() && hexValue(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  /** The offset of the first character from {@code at} that is no blank and no line's end. */
  public static int blanksEnd(String text, int at) {
    int end = at;
    while (end < text.length() && " \t\r\n".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }
}
