package org.hlo4j.processor.pipeline.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;

/** Splits a pipeline's text into tokens. */
final class PipelineLexer {
  /** White space and comments are in no group. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<end>[\n;])|\\p{javaWhitespace}|(?:#|//)[^\n]*+"
              + "|(?<name>\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*+)"
              + "|(?<number>[0-9]++)|(?<arrow>->|→)|(?<mark>[=,(){}\\[\\].+])");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();

  /** The number of open parentheses and brackets, in which line ends are ignored. */
  private int open;

  PipelineLexer(SourceText source) {
    this.text = source.text();
  }

  /** Returns all tokens, with the end as the last one. */
  List<Token> tokens() throws PipelineSyntaxException {
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.region(at, text.length()).lookingAt()) {
        throw new PipelineSyntaxException(
            at, "'%s' is not allowed here".formatted(Character.toString(text.codePointAt(at))));
      }
      Span span = new Span(at, matcher.end());
      if (matcher.group("end") != null) {
        endLine(matcher.group(), span);
      } else if (matcher.group("name") != null) {
        tokens.add(new Token(Token.Kind.NAME, matcher.group(), span));
      } else if (matcher.group("number") != null) {
        tokens.add(new Token(Token.Kind.NUMBER, matcher.group(), span));
      } else if (matcher.group("arrow") != null) {
        tokens.add(new Token(Token.Kind.MARK, "->", span));
      } else if (matcher.group("mark") != null) {
        String mark = matcher.group();
        open += "([".contains(mark) ? 1 : ")]".contains(mark) ? -1 : 0;
        tokens.add(new Token(Token.Kind.MARK, mark, span));
      }
      at = matcher.end();
    }
    Span end = new Span(at, at);
    tokens.add(new Token(Token.Kind.LINE_END, "", end));
    tokens.add(new Token(Token.Kind.END, "", end));
    return tokens;
  }

  /**
   * Ends a line, unless the statement continues: after a comma, an equals sign, or in parentheses.
   */
  private void endLine(String end, Span span) {
    Token last = tokens.isEmpty() ? null : tokens.getLast();
    boolean goesOn = open > 0 || (last != null && (last.is(",") || last.is("=")));
    if (end.equals(";") || !goesOn) {
      tokens.add(new Token(Token.Kind.LINE_END, end, span));
    }
  }
}
