package org.hlo4j.internal.mlir.syntax;

import org.hlo4j.internal.mlir.model.Alias;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.TokenKind;

/** Parses definitions of aliases: {@code #map = ...}, {@code !t = ...}. */
final class AliasParser {
  private final Cursor cursor;
  private final MlirLexer lexer;
  private final TypeParser types;
  private final AttributeParser attributes;
  private final Aliases aliases;

  AliasParser(Cursor cursor, TypeParser types, AttributeParser attributes, Aliases aliases) {
    this.cursor = cursor;
    this.lexer = cursor.lexer();
    this.types = types;
    this.attributes = attributes;
    this.aliases = aliases;
  }

  /** Whether the current token is the name of an alias. */
  boolean atAlias() {
    return lexer.is(TokenKind.HASH) || lexer.is(TokenKind.BANG);
  }

  /** Reads a definition. */
  void parse() {
    boolean isType = lexer.is(TokenKind.BANG);
    int start = lexer.start();
    String name = lexer.text();
    lexer.advance();
    cursor.expect(TokenKind.EQUAL);
    int valueStart = lexer.start();
    Type type = null;
    if (isType || types.atType()) {
      type = types.parse();
    } else {
      attributes.passBare();
      if (cursor.accept(TokenKind.COLON)) {
        types.parse();
      }
    }
    aliases.add(new Alias(name, cursor.since(start), cursor.since(valueStart)), type);
  }
}
