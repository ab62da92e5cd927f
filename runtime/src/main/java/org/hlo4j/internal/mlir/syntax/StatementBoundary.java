package org.hlo4j.internal.mlir.syntax;

import java.util.Set;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.TokenKind;

/**
 * Determines where an operation in its pretty form ends, without knowing its grammar.
 *
 * <p>MLIR has no statement terminator, and ignores line ends. But the start of an operation is
 * unambiguous outside of brackets: names before an equals sign, a string before a parenthesis, a
 * word with a dialect's prefix. If the operation may continue after the previous token, such as its
 * name or a keyword, the line end decides.
 */
final class StatementBoundary {
  /** Whether the operation may continue or end after the previous token. */
  enum Previous {
    /** It continues: a comma, an equals sign. */
    JOINER,
    /** It may continue or end: its name, or a keyword. */
    OPEN,
    /** It may end: an operand, a type, a closing bracket. */
    COMPLETE
  }

  /** The operations without a dialect prefix. */
  private static final Set<String> BARE_NAMES = Set.of("return", "call", "call_indirect");

  private final Cursor cursor;
  private final MlirLexer lexer;
  private final BlockArgumentParser arguments;

  StatementBoundary(Cursor cursor, BlockArgumentParser arguments) {
    this.cursor = cursor;
    this.arguments = arguments;
    this.lexer = cursor.lexer();
  }

  /**
   * Returns whether the operation ends before the current token, which is outside of its brackets.
   *
   * @param typed whether the types were parsed, after which few operations continue
   */
  boolean isHere(Previous previous, boolean typed) {
    boolean mayEnd =
        previous == Previous.COMPLETE || (previous == Previous.OPEN && lexer.afterNewline());
    return switch (lexer.kind()) {
      case END, RIGHT_BRACE, METADATA_OPEN -> true;
      default -> mayEnd && startsOther(typed);
    };
  }

  /** Returns whether the current token starts something after the operation. */
  private boolean startsOther(boolean typed) {
    return switch (lexer.kind()) {
      case VALUE -> atResults();
      case STRING -> cursor.lookAhead().is(TokenKind.LEFT_PAREN);
      case WORD -> atName(typed);
      case LABEL -> atLabel();
      case HASH, BANG -> cursor.lookAhead().is(TokenKind.EQUAL);
      default -> false;
    };
  }

  /** Returns whether the current token starts {@code %a:2, %b =}. */
  private boolean atResults() {
    MlirLexer ahead = cursor.lookAhead();
    while (true) {
      if (ahead.is(TokenKind.COLON)) {
        ahead.advance();
        if (!ahead.is(TokenKind.NUMBER)) {
          return false;
        }
        ahead.advance();
      }
      if (!ahead.is(TokenKind.COMMA)) {
        return ahead.is(TokenKind.EQUAL);
      }
      ahead.advance();
      if (!ahead.is(TokenKind.VALUE)) {
        return false;
      }
      ahead.advance();
    }
  }

  private boolean atName(boolean typed) {
    MlirLexer ahead = cursor.lookAhead();
    if (ahead.is(TokenKind.EQUAL)) {
      return false;
    }
    if (lexer.isDottedWord()) {
      return true;
    }
    String word = lexer.text();
    if (word.equals("module")) {
      return lexer.afterNewline() && (ahead.is(TokenKind.SYMBOL) || ahead.is(TokenKind.LEFT_BRACE));
    }
    // After the types, a word with an operand is a misspelt operation, not a keyword.
    return BARE_NAMES.contains(word)
        || (typed
            && lexer.afterNewline()
            && (ahead.is(TokenKind.VALUE) || ahead.is(TokenKind.SYMBOL)));
  }

  /** Returns whether the current token is the label of the next block, not a successor. */
  private boolean atLabel() {
    MlirLexer ahead = cursor.lookAhead();
    if (ahead.is(TokenKind.LEFT_PAREN) && !arguments.pass(ahead)) {
      return false;
    }
    return ahead.is(TokenKind.COLON);
  }
}
