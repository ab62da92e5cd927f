package org.hlo4j.processor.pipeline.link;

import java.util.function.UnaryOperator;

/**
 * Gives the values, symbols and aliases in a piece of MLIR other names. Strings and comments stay
 * as they are.
 */
final class Renamer {
  private final String text;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private Renamer(String text) {
    this.text = text;
  }

  /**
   * Renames.
   *
   * @param names maps names with their marks ({@code %0}, {@code @main}, {@code #map}, {@code !t})
   *     to others
   */
  static String rename(String text, UnaryOperator<String> names) {
    Renamer renamer = new Renamer(text);
    while (renamer.at < text.length()) {
      renamer.next(names);
    }
    return renamer.out.toString();
  }

  private void next(UnaryOperator<String> names) {
    char c = text.charAt(at);
    switch (c) {
      case '"' -> copy(endOfString(at));
      case '/' -> copy(text.startsWith("//", at) ? endOfLine() : at + 1);
      case '%', '@', '#', '!' -> {
        int end = endOfName(c);
        out.append(names.apply(text.substring(at, end)));
        at = end;
        if (c == '%' && at < text.length() && text.charAt(at) == '#') {
          copy(endOfDigits(at + 1));
        }
      }
      default -> copy(at + 1);
    }
  }

  private void copy(int end) {
    out.append(text, at, end);
    at = end;
  }

  private int endOfString(int start) {
    int end = start + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length());
  }

  private int endOfLine() {
    int end = text.indexOf('\n', at);
    return end < 0 ? text.length() : end;
  }

  private int endOfName(char mark) {
    if (mark == '@' && text.startsWith("\"", at + 1)) {
      return endOfString(at + 1);
    }
    int end = at + 1;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private int endOfDigits(int start) {
    int end = start;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '$'
        || c == '.'
        || c == '-';
  }
}
