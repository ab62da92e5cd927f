package org.hlo4j.processor.pipeline.syntax;

import java.util.List;
import org.hlo4j.internal.mlir.text.Span;

/** A position among the tokens of a pipeline. Not thread-safe. */
final class TokenCursor {
  private final List<Token> tokens;
  private int at;

  /** Starts at the first of some tokens, the last of which is the end. */
  TokenCursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return peek(0);
  }

  /** Returns the token at a distance, or the end. */
  Token peek(int ahead) {
    return token(at + ahead);
  }

  /** Returns the token at a position returned by {@link #place}. */
  Token token(int place) {
    return tokens.get(Math.min(place, tokens.size() - 1));
  }

  int place() {
    return at;
  }

  void skip(int count) {
    at += count;
  }

  void skipLineEnds() {
    while (peek().kind() == Token.Kind.LINE_END) {
      at++;
    }
  }

  /** Skips a mark if it is next. */
  boolean accept(String mark) {
    boolean found = peek().is(mark);
    at += found ? 1 : 0;
    return found;
  }

  long number() throws PipelineSyntaxException {
    Token token = peek();
    try {
      long number = Integer.parseInt(token.text());
      at++;
      return number;
    } catch (NumberFormatException e) {
      throw expected("a number");
    }
  }

  Name name() throws PipelineSyntaxException {
    Token token = peek();
    if (token.kind() != Token.Kind.NAME) {
      throw expected("a name");
    }
    at++;
    return new Name(token.text(), token.span());
  }

  /** Skips a mark that must be next. */
  void expect(String mark) throws PipelineSyntaxException {
    if (!peek().is(mark)) {
      throw expected("'" + mark + "'");
    }
    at++;
  }

  /** Returns the exception for a missing token. */
  PipelineSyntaxException expected(String what) {
    Token last = tokens.get(tokens.size() - 1);
    Token found = peek().span().equals(last.span()) ? last : peek();
    return new PipelineSyntaxException(
        found.span().start(), "%s is expected here, not %s".formatted(what, found.shown()));
  }

  /** Returns the span from a position to the previous token. */
  Span spanFrom(int start) {
    return new Span(tokens.get(start).span().start(), tokens.get(at - 1).span().end());
  }
}
