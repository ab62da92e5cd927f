package org.hlo4j.processor.pipeline.link;

import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Renames values, symbols and aliases in a piece of MLIR. Strings and comments are kept. */
final class Renamer {
  /** Possessive, so that long strings do not overflow the stack. */
  private static final String STRING = "\"(?:[^\"\\\\]++|\\\\.?)*+\"?";

  /** A string, a comment, or a name with its sigil and result number. */
  private static final Pattern TOKEN =
      Pattern.compile(
          STRING
              + "|//[^\n]*+"
              + "|(?<name>@"
              + STRING
              + "|[@!#][\\w$.-]*+|%[\\w$.-]*+(?<number>#\\d*+)?)",
          Pattern.DOTALL);

  private Renamer() {}

  /**
   * Renames.
   *
   * @param names maps names with their sigils ({@code %0}, {@code @main}, {@code #map}, {@code !t})
   */
  static String rename(String text, UnaryOperator<String> names) {
    StringBuilder renamed = new StringBuilder(text.length());
    Matcher token = TOKEN.matcher(text);
    int copied = 0;
    while (token.find()) {
      String name = token.group("name");
      if (name != null) {
        String number = Objects.requireNonNullElse(token.group("number"), "");
        renamed
            .append(text, copied, token.start())
            .append(names.apply(name.substring(0, name.length() - number.length())))
            .append(number);
        copied = token.end();
      }
    }
    return renamed.append(text, copied, text.length()).toString();
  }
}
