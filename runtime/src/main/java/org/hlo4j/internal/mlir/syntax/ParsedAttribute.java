package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.hlo4j.internal.mlir.model.Alias;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.text.Characters;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.Strings;
import org.hlo4j.internal.mlir.text.TokenKind;
import org.jspecify.annotations.Nullable;

/** An attribute that parses the text of its value on demand. */
final class ParsedAttribute extends Attribute {
  private final int start;
  private final int end;

  ParsedAttribute(String name, SourceText source, Span span, @Nullable Span valueSpan) {
    super(name, source, span, valueSpan);
    this.start = valueSpan == null ? source.length() : valueSpan.start();
    this.end = valueSpan == null ? source.length() : valueSpan.end();
  }

  @Override
  public Attribute withValueOf(Alias alias) {
    return new ParsedAttribute(name(), source(), alias.span(), alias.valueSpan());
  }

  /**
   * Returns a cursor at the value's first token, or at the end of the text if there is no value.
   */
  private Cursor cursor() {
    return new Cursor(source(), start);
  }

  @Override
  public @Nullable Long integer() {
    Cursor cursor = cursor();
    Long value = number(cursor);
    MlirLexer lexer = cursor.lexer();
    return lexer.start() >= end || lexer.is(TokenKind.COLON) ? value : null;
  }

  @Override
  public @Nullable Boolean bool() {
    MlirLexer lexer = cursor().lexer();
    if (valueSpan() == null || lexer.isWord("true")) {
      return Boolean.TRUE;
    }
    return lexer.isWord("false") ? Boolean.FALSE : null;
  }

  @Override
  public @Nullable String string() {
    MlirLexer lexer = cursor().lexer();
    return lexer.is(TokenKind.STRING) ? Strings.unquote(lexer.text()) : null;
  }

  @Override
  public @Nullable String symbol() {
    MlirLexer lexer = cursor().lexer();
    return lexer.is(TokenKind.SYMBOL) ? Strings.symbolName(lexer.text()) : null;
  }

  @Override
  public @Nullable Attributes dictionary() {
    Cursor cursor = cursor();
    return cursor.lexer().is(TokenKind.LEFT_BRACE)
        ? new AttributeParser(cursor).dictionary()
        : null;
  }

  @Override
  public @Nullable List<Attributes> dictionaries() {
    Cursor cursor = cursor();
    if (!cursor.accept(TokenKind.LEFT_BRACKET)) {
      return null;
    }
    List<Attributes> list = new ArrayList<>();
    while (cursor.lexer().is(TokenKind.LEFT_BRACE)) {
      list.add(new AttributeParser(cursor).dictionary());
      cursor.accept(TokenKind.COMMA);
    }
    return cursor.lexer().is(TokenKind.RIGHT_BRACKET) ? list : null;
  }

  @Override
  public @Nullable List<Long> integers() {
    Cursor cursor = cursor();
    MlirLexer lexer = cursor.lexer();
    if (lexer.is(TokenKind.LEFT_BRACKET)) {
      return integersTo(cursor, end);
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
      // The element type comes first: array<i64: 1, 2>, or array<i64> if it is empty.
      lexer.advance();
      cursor.accept(TokenKind.COLON);
    }
    return integersTo(cursor, close);
  }

  private static @Nullable List<Long> integersTo(Cursor cursor, int end) {
    MlirLexer lexer = cursor.lexer();
    List<Long> values = new ArrayList<>();
    while (lexer.start() < end) {
      switch (lexer.kind()) {
        case LEFT_BRACKET, RIGHT_BRACKET, COMMA -> lexer.advance();
        case NUMBER, MINUS -> {
          Long value = number(cursor);
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
    MlirLexer lexer = cursor().lexer();
    if (!lexer.isWord("dense")) {
      return null;
    }
    lexer.advance();
    lexer.advance();
    String text = source().text();
    if (!lexer.is(TokenKind.STRING) || !text.startsWith("\"0x", lexer.start())) {
      return null;
    }
    int first = lexer.start() + 3;
    int last = Characters.hexDigitsEnd(text, first);
    boolean whole = (last - first) % 2 == 0 && last == lexer.end() - 1;
    return whole ? HexFormat.of().parseHex(text, first, last) : null;
  }

  private static @Nullable Long number(Cursor cursor) {
    MlirLexer lexer = cursor.lexer();
    int start = lexer.start();
    cursor.accept(TokenKind.MINUS);
    if (!lexer.is(TokenKind.NUMBER)) {
      return null;
    }
    Long value = cursor.source().parseLong(start, lexer.end());
    lexer.advance();
    return value;
  }
}
