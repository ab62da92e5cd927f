package org.hlo4j.processor.write;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks the contents of literals in Java source, so that patterns match code and comments only. The
 * masked text has the length of the source.
 */
final class LiteralMask {
  /** Occurs in no source. */
  private static final String MASK = "\0";

  /** A comment or a literal; possessive, to avoid recursion. */
  private static final Pattern COMMENT_OR_LITERAL =
      Pattern.compile(
          "//[^\n]*+|/\\*.*?(?:\\*/|\\z)"
              + "|(?<quote>\"\"\"|\"|')(?<content>(?:\\\\.|(?!\\k<quote>).)*+)\\k<quote>?",
          Pattern.DOTALL);

  private LiteralMask() {}

  /** Returns the source with masked literals, whose quotes stay. */
  static String of(String source) {
    return COMMENT_OR_LITERAL
        .matcher(source)
        .replaceAll(found -> Matcher.quoteReplacement(masked(found)));
  }

  private static String masked(MatchResult found) {
    String content = found.group("content");
    if (content == null) {
      return found.group();
    }
    int start = found.start("content") - found.start();
    String mask = MASK.repeat(content.length());
    return new StringBuilder(found.group())
        .replace(start, start + content.length(), mask)
        .toString();
  }
}
