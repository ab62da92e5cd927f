package org.hlo4j.internal.mlir.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Decodes MLIR's string literals, whose escapes denote bytes of UTF-8. */
public final class Strings {
  private Strings() {}

  /** Returns the characters of a quoted string. */
  public static String unquote(String literal) {
    String inner = literal.substring(1, literal.length() - 1);
    if (inner.indexOf('\\') < 0) {
      return inner;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(inner.length());
    int plain = 0;
    for (int at = inner.indexOf('\\'); at >= 0; at = inner.indexOf('\\', plain)) {
      bytes.writeBytes(inner.substring(plain, at).getBytes(StandardCharsets.UTF_8));
      plain = escape(inner, at, bytes);
    }
    bytes.writeBytes(inner.substring(plain).getBytes(StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Writes the character of the escape at an offset; returns the offset after it. */
  private static int escape(String inner, int at, ByteArrayOutputStream bytes) {
    int high = at + 1 < inner.length() ? Characters.hexValue(inner.charAt(at + 1)) : -1;
    int low = at + 2 < inner.length() ? Characters.hexValue(inner.charAt(at + 2)) : -1;
    if (high >= 0 && low >= 0) {
      bytes.write(high << 4 | low);
      return at + 3;
    }
    char escaped = at + 1 < inner.length() ? inner.charAt(at + 1) : '\\';
    char plain =
        switch (escaped) {
          case 'n' -> '\n';
          case 't' -> '\t';
          default -> escaped;
        };
    bytes.writeBytes(String.valueOf(plain).getBytes(StandardCharsets.UTF_8));
    return at + 2;
  }

  /** Returns the name of a symbol such as {@code @main} or {@code @"main"}. */
  public static String symbolName(String symbol) {
    String name = symbol.substring(1);
    return name.startsWith("\"") ? unquote(name) : name;
  }
}
