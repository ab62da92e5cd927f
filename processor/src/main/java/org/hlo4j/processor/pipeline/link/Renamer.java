package org.hlo4j.processor.pipeline.link;

import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives the values, symbols and aliases in a piece of MLIR other names. Strings and comments stay
 * as they are.
 */
final class Renamer {
  /** Possessive, so that strings of any length need no stack. */
  private static final String STRING = "\"(?:[^\"\\\\]++|\\\\.?)*+\"?";

  /** A string, a comment, or a name with its mark and the number of one of several results. */
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
   * @param names maps names with their marks ({@code %0}, {@code @main}, {@code #map}, {@code !t})
   *     to others
   */
  static String rename(String text, UnaryOperator<String> names) {
    return TOKEN.matcher(text).replaceAll(token -> Matcher.quoteReplacement(renamed(token, names)));
  }

  private static String renamed(MatchResult token, UnaryOperator<String> names) {
    String name = token.group("name");
    if (name == null) {
      return token.group();
    }
    String number = Objects.requireNonNullElse(token.group("number"), "");
    return names.apply(name.substring(0, name.length() - number.length())) + number;
  }
}
