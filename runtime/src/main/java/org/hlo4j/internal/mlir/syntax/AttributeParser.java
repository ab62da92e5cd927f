package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.Strings;
import org.hlo4j.internal.mlir.text.TokenKind;
import org.jspecify.annotations.Nullable;

/** Parses dictionaries of attributes; skips their values without parsing them. */
final class AttributeParser {
  private final Cursor cursor;
  private final MlirLexer lexer;

  AttributeParser(Cursor cursor) {
    this.cursor = cursor;
    this.lexer = cursor.lexer();
  }

  Attributes optionalDictionary() {
    return lexer.is(TokenKind.LEFT_BRACE) ? dictionary() : Attributes.none();
  }

  /** Returns whether the current brace opens a dictionary, not a set such as {@code {"x"}}. */
  boolean atDictionary() {
    MlirLexer ahead = cursor.lookAhead();
    if (!ahead.is(TokenKind.STRING)) {
      return true;
    }
    ahead.advance();
    return ahead.is(TokenKind.EQUAL);
  }

  Attributes dictionary() {
    int open = cursor.expect(TokenKind.LEFT_BRACE).start();
    List<Attribute> list = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (!cursor.accept(TokenKind.RIGHT_BRACE)) {
      do {
        int start = lexer.start();
        Attribute attribute = entry();
        if (!names.add(attribute.name())) {
          throw cursor.source().error(start, "attribute '" + attribute.name() + "' is given twice");
        }
        list.add(attribute);
      } while (cursor.accept(TokenKind.COMMA));
      if (lexer.is(TokenKind.END)) {
        throw cursor.source().error(open, "'{' is never closed");
      }
      cursor.expect(TokenKind.RIGHT_BRACE);
    }
    return new Attributes(list, cursor.since(open));
  }

  /** Parses the properties of an operation: a dictionary in braces in angle brackets. */
  Attributes properties() {
    cursor.expect(TokenKind.LESS);
    Attributes attributes = dictionary();
    cursor.expect(TokenKind.GREATER);
    return attributes;
  }

  private Attribute entry() {
    int start = lexer.start();
    String name;
    if (lexer.is(TokenKind.WORD)) {
      name = lexer.text();
    } else if (lexer.is(TokenKind.STRING)) {
      name = Strings.unquote(lexer.text());
    } else {
      throw cursor.expected("an attribute's name");
    }
    lexer.advance();
    Span value = cursor.accept(TokenKind.EQUAL) ? cursor.passValue() : null;
    return attribute(name, start, value);
  }

  Attribute attribute(String name, int start, @Nullable Span value) {
    return new ParsedAttribute(name, cursor.source(), cursor.since(start), value);
  }

  /** Skips an unbracketed attribute without its type, and returns its position. */
  Span passBare() {
    int start = lexer.start();
    cursor.accept(TokenKind.MINUS);
    passAtom();
    // Dimension numbers have several lists: [1] x [0], and [b, f]x[i, o]->[b, f].
    while ((lexer.isWord("x") || lexer.is(TokenKind.ARROW))
        && cursor.lookAhead().is(TokenKind.LEFT_BRACKET)) {
      lexer.advance();
      cursor.passBrackets();
    }
    return cursor.since(start);
  }

  private void passAtom() {
    switch (lexer.kind()) {
      case LEFT_BRACKET, LEFT_BRACE, LESS, LEFT_PAREN -> cursor.passBrackets();
      case WORD, HASH, BANG -> {
        boolean location = lexer.isWord("loc");
        lexer.advance();
        if (lexer.is(TokenKind.LESS) || (location && lexer.is(TokenKind.LEFT_PAREN))) {
          cursor.passBrackets();
        } else if (lexer.is(TokenKind.LEFT_BRACKET) && lexer.start() == lexer.previousEnd()) {
          // A distinct attribute: distinct[0]<...>.
          cursor.passBrackets();
          if (lexer.is(TokenKind.LESS)) {
            cursor.passBrackets();
          }
        }
      }
      case SYMBOL -> cursor.symbol();
      case NUMBER, STRING -> lexer.advance();
      default -> throw cursor.expected("a value");
    }
  }
}
