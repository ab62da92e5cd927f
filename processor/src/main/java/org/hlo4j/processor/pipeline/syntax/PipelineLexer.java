package org.hlo4j.processor.pipeline.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;

/** Divides a pipeline's text into tokens. */
final class PipelineLexer {
  private static final String MARKS = "=,(){}[].+";
  private static final String ARROW = "->";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /** The number of open parentheses and brackets, in which the end of a line has no meaning. */
  private int open;

  PipelineLexer(SourceText source) {
    this.text = source.text();
  }

  /** Returns all tokens; the last one is the end. */
  List<Token> tokens() throws PipelineSyntaxException {
    while (at < text.length()) {
      next();
    }
    add(Token.Kind.LINE_END, at);
    add(Token.Kind.END, at);
    return tokens;
  }

  private void next() throws PipelineSyntaxException {
    int start = at;
    int first = text.codePointAt(at);
    if (first == '\n' || first == ';') {
      at++;
      endLine(start, first == ';');
    } else if (Character.isWhitespace(first)) {
      at++;
    } else if (first == '#' || text.startsWith("//", at)) {
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end;
    } else if (Character.isJavaIdentifierStart(first)) {
      skipWhile(Character::isJavaIdentifierPart);
      add(Token.Kind.NAME, start);
    } else if (isDigit(first)) {
      skipWhile(PipelineLexer::isDigit);
      add(Token.Kind.NUMBER, start);
    } else if (text.startsWith(ARROW, at) || first == '→') {
      at += first == '→' ? 1 : ARROW.length();
      tokens.add(new Token(Token.Kind.MARK, ARROW, new Span(start, at)));
    } else if (MARKS.indexOf(first) >= 0) {
      at++;
      open += first == '(' || first == '[' ? 1 : first == ')' || first == ']' ? -1 : 0;
      add(Token.Kind.MARK, start);
    } else {
      throw new PipelineSyntaxException(
          at, "'%s' has no meaning here".formatted(Character.toString(first)));
    }
  }

  private void skipWhile(IntPredicate isPart) {
    while (at < text.length() && isPart.test(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Whether a statement continues: after a comma or an equals sign, and within parentheses. */
  private void endLine(int start, boolean explicit) {
    Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
    boolean goesOn = open > 0 || (last != null && (last.is(",") || last.is("=")));
    if (explicit || !goesOn) {
      add(Token.Kind.LINE_END, start);
    }
  }

  private void add(Token.Kind kind, int start) {
    tokens.add(new Token(kind, text.substring(start, at), new Span(start, at)));
  }
}
