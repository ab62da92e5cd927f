package org.hlo4j.internal.mlir.syntax;

import java.util.Arrays;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.hlo4j.internal.mlir.text.SourceText;

/** The open brackets around a token, nested to any depth. */
final class Brackets {
  private final SourceText source;
  private int[] offsets = new int[8];
  private int depth;

  Brackets(SourceText source) {
    this.source = source;
  }

  int depth() {
    return depth;
  }

  /** Returns whether the token opens a bracket, unlike {@code <=} in affine constraints. */
  boolean opens(MlirLexer lexer) {
    return switch (lexer.kind()) {
      case LEFT_PAREN, LEFT_BRACE, LEFT_BRACKET -> true;
      case LESS -> !followedByEqual(lexer);
      default -> false;
    };
  }

  /** Returns whether the token closes a bracket, unlike {@code >=} in affine constraints. */
  boolean closes(MlirLexer lexer) {
    return switch (lexer.kind()) {
      case RIGHT_PAREN, RIGHT_BRACE, RIGHT_BRACKET -> true;
      case GREATER -> (depth > 0 && top() == '<') || !followedByEqual(lexer);
      default -> false;
    };
  }

  private boolean followedByEqual(MlirLexer lexer) {
    return lexer.end() < source.length() && source.charAt(lexer.end()) == '=';
  }

  private char top() {
    return source.charAt(offsets[depth - 1]);
  }

  void open(MlirLexer lexer) {
    if (depth == offsets.length) {
      offsets = Arrays.copyOf(offsets, depth * 2);
    }
    offsets[depth++] = lexer.start();
  }

  /** Closes the innermost bracket with the current token. */
  void close(MlirLexer lexer) {
    if (depth == 0) {
      throw source.error(lexer.start(), lexer.kind().text() + " has no opening bracket");
    }
    char closer =
        switch (top()) {
          case '(' -> ')';
          case '{' -> '}';
          case '[' -> ']';
          default -> '>';
        };
    if (source.charAt(lexer.start()) != closer) {
      throw source.error(
          lexer.start(),
          "%s does not close the '%c' of line %d, column %d",
          lexer.kind().text(),
          top(),
          source.line(offsets[depth - 1]),
          source.column(offsets[depth - 1]));
    }
    depth--;
  }

  /** Returns the error at the innermost open bracket at the end of the text. */
  MlirSyntaxException neverClosed() {
    return source.error(offsets[depth - 1], "'" + top() + "' is never closed");
  }
}
