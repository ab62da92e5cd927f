package org.hlo4j.internal.mlir;

import java.util.ArrayList;
import java.util.List;

/** Reads the types at the end of an operation. */
final class SignatureParser {
  private final Cursor cursor;
  private final Lexer lexer;
  private final TypeParser types;

  SignatureParser(Cursor cursor, TypeParser types) {
    this.cursor = cursor;
    this.lexer = cursor.lexer();
    this.types = types;
  }

  /** Reads the function type of a generic form. */
  Signature generic() {
    List<Type> inputs = types.parseList(TokenKind.LEFT_PAREN, TokenKind.RIGHT_PAREN);
    cursor.expect(TokenKind.ARROW);
    return new Signature(true, inputs, types.parseResults());
  }

  /** Reads the types of a pretty form: a function type, or any number of types. */
  Signature pretty() {
    List<Type> inputs = inputs();
    if (cursor.accept(TokenKind.ARROW)) {
      return new Signature(true, inputs, types.parseResults());
    }
    return new Signature(false, inputs, List.of());
  }

  private List<Type> inputs() {
    if (lexer.is(TokenKind.LEFT_PAREN)) {
      return types.parseList(TokenKind.LEFT_PAREN, TokenKind.RIGHT_PAREN);
    }
    List<Type> inputs = new ArrayList<>();
    inputs.add(types.parse());
    // What follows a comma may be no type, but something else of the operation's.
    while (lexer.is(TokenKind.COMMA)) {
      lexer.advance();
      if (!types.atType()) {
        break;
      }
      inputs.add(types.parse());
    }
    return inputs;
  }
}
