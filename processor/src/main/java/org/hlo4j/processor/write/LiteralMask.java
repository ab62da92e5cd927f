package org.hlo4j.processor.write;

/**
 * Masks the contents of literals in Java source, so that patterns match code and comments only. The
 * masked text has the length of the source.
 */
final class LiteralMask {
  /** Stands in no source. */
  private static final char MASK = '\0';

  private static final String TEXT_BLOCK = "\"\"\"";

  private final String source;
  private final StringBuilder masked;

  private LiteralMask(String source) {
    this.source = source;
    this.masked = new StringBuilder(source);
  }

  /** Returns the source with masked literals, whose quotes stay. */
  static String of(String source) {
    LiteralMask mask = new LiteralMask(source);
    int at = 0;
    while (at < source.length()) {
      at = mask.next(at);
    }
    return mask.masked.toString();
  }

  /** Masks what begins at a place, and returns where it ends. */
  private int next(int at) {
    if (source.startsWith("//", at)) {
      return endOf("\n", at);
    }
    if (source.startsWith("/*", at)) {
      return endOf("*/", at + 2);
    }
    if (source.startsWith(TEXT_BLOCK, at)) {
      return literal(TEXT_BLOCK, at);
    }
    return switch (source.charAt(at)) {
      case '"' -> literal("\"", at);
      case '\'' -> literal("'", at);
      default -> at + 1;
    };
  }

  private int endOf(String end, int from) {
    int found = source.indexOf(end, from);
    return found < 0 ? source.length() : found + end.length();
  }

  private int literal(String quote, int start) {
    int at = start + quote.length();
    while (at < source.length() && !source.startsWith(quote, at)) {
      int end = Math.min(at + (source.charAt(at) == '\\' ? 2 : 1), source.length());
      for (; at < end; at++) {
        masked.setCharAt(at, MASK);
      }
    }
    return Math.min(at + quote.length(), source.length());
  }
}
