package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.model.OperationTypes;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.TokenKind;

/** Parses the types at the end of an operation. */
final class OperationTypeParser {
  private final Cursor cursor;
  private final MlirLexer lexer;
  private final TypeParser types;

  OperationTypeParser(Cursor cursor, TypeParser types) {
    this.cursor = cursor;
    this.lexer = cursor.lexer();
    this.types = types;
  }

  /** Reads the function type of a generic form. */
  OperationTypes generic() {
    List<Type> inputs = types.parseList(TokenKind.LEFT_PAREN, TokenKind.RIGHT_PAREN);
    cursor.expect(TokenKind.ARROW);
    return new OperationTypes(true, inputs, types.parseResults());
  }

  /** Reads the types of a pretty form: a function type, or any number of types. */
  OperationTypes pretty() {
    List<Type> inputs = inputs();
    if (cursor.accept(TokenKind.ARROW)) {
      return new OperationTypes(true, inputs, types.parseResults());
    }
    return new OperationTypes(false, inputs, List.of());
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
