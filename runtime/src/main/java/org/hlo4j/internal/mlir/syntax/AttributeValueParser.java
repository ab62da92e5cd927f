package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.model.AttributeValue;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.text.Characters;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.Numbers;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.Strings;
import org.hlo4j.internal.mlir.text.TokenKind;
import org.jspecify.annotations.Nullable;

/** Parses the text of an attribute's value as the kind of value that the caller asks for. */
final class AttributeValueParser implements AttributeValue {
  private final SourceText source;
  private final Span span;
  private final Cursor cursor;
  private final MlirLexer lexer;

  AttributeValueParser(SourceText source, Span span) {
    this.source = source;
    this.span = span;
    this.cursor = new Cursor(source, span.start());
    this.lexer = cursor.lexer();
  }

  @Override
  public @Nullable Long integer() {
    Long value = number();
    return value != null && (atEnd() || lexer.is(TokenKind.COLON)) ? value : null;
  }

  @Override
  public @Nullable Boolean bool() {
    if (lexer.isWord("true")) {
      return Boolean.TRUE;
    }
    return lexer.isWord("false") ? Boolean.FALSE : null;
  }

  @Override
  public @Nullable String string() {
    return lexer.is(TokenKind.STRING) ? Strings.unquote(lexer.text()) : null;
  }

  @Override
  public @Nullable String symbol() {
    return lexer.is(TokenKind.SYMBOL) ? Strings.symbolName(lexer.text()) : null;
  }

  @Override
  public @Nullable Attributes dictionary() {
    return lexer.is(TokenKind.LEFT_BRACE) ? new AttributeParser(cursor).dictionary() : null;
  }

  @Override
  public @Nullable List<Attributes> dictionaries() {
    if (!cursor.accept(TokenKind.LEFT_BRACKET)) {
      return null;
    }
    List<Attributes> list = new ArrayList<>();
    while (lexer.is(TokenKind.LEFT_BRACE)) {
      list.add(new AttributeParser(cursor).dictionary());
      cursor.accept(TokenKind.COMMA);
    }
    return lexer.is(TokenKind.RIGHT_BRACKET) ? list : null;
  }

  @Override
  public @Nullable List<Long> integers() {
    if (lexer.is(TokenKind.LEFT_BRACKET)) {
      return integersTo(span.end());
    }
    boolean array = lexer.isWord("array");
    if (!array && !lexer.isWord("dense")) {
      return null;
    }
    lexer.advance();
    int open = lexer.start();
    cursor.passBrackets();
    int close = lexer.previousEnd() - 1;
    lexer.seek(open);
    lexer.advance();
    if (array) {
      // The element type comes first: array<i64: 1, 2>, and array<i64> if there are none.
      lexer.advance();
      cursor.accept(TokenKind.COLON);
    }
    return integersTo(close);
  }

  private @Nullable List<Long> integersTo(int end) {
    List<Long> values = new ArrayList<>();
    while (lexer.start() < end) {
      switch (lexer.kind()) {
        case LEFT_BRACKET, RIGHT_BRACKET, COMMA -> lexer.advance();
        case NUMBER, MINUS -> {
          Long value = number();
          if (value == null) {
            return null;
          }
          values.add(value);
        }
        default -> {
          return null;
        }
      }
    }
    return values;
  }

  @Override
  public byte @Nullable [] bytes() {
    if (!lexer.isWord("dense")) {
      return null;
    }
    lexer.advance();
    lexer.advance();
    String text = source.text();
    if (!lexer.is(TokenKind.STRING) || !text.startsWith("\"0x", lexer.start())) {
      return null;
    }
    int start = lexer.start() + 3;
    int digits = Characters.hexDigitsEnd(text, start) - start;
    if (digits % 2 != 0 || start + digits != lexer.end() - 1) {
      return null;
    }
    byte[] bytes = new byte[digits / 2];
    for (int i = 0; i < bytes.length; i++) {
      int high = Characters.hexValue(text.charAt(start + 2 * i));
      int low = Characters.hexValue(text.charAt(start + 2 * i + 1));
      bytes[i] = (byte) (high << 4 | low);
    }
    return bytes;
  }

  private @Nullable Long number() {
    int start = lexer.start();
    cursor.accept(TokenKind.MINUS);
    if (!lexer.is(TokenKind.NUMBER)) {
      return null;
    }
    Long value = Numbers.parseLong(source.text(), start, lexer.end());
    lexer.advance();
    return value;
  }

  private boolean atEnd() {
    return lexer.start() >= span.end();
  }
}
