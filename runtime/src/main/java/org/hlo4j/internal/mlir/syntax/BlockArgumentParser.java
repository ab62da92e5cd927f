package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.TokenKind;

/** Parses arguments of blocks: {@code (%a: tensor<f32>, %b: tensor<f32> loc("b"))}. */
final class BlockArgumentParser {
  private final Cursor cursor;
  private final MlirLexer lexer;
  private final TypeParser types;
  private final AttributeParser attributes;

  BlockArgumentParser(Cursor cursor, TypeParser types, AttributeParser attributes) {
    this.cursor = cursor;
    this.lexer = cursor.lexer();
    this.types = types;
    this.attributes = attributes;
  }

  /** Reads arguments in parentheses. */
  List<BlockArgument> parse() {
    List<BlockArgument> arguments = new ArrayList<>();
    cursor.expect(TokenKind.LEFT_PAREN);
    if (cursor.accept(TokenKind.RIGHT_PAREN)) {
      return arguments;
    }
    do {
      String name = lexer.is(TokenKind.VALUE) ? lexer.text() : "";
      Span span = cursor.expect(TokenKind.VALUE);
      cursor.expect(TokenKind.COLON);
      arguments.add(new BlockArgument(name, span, types.parse()));
      attributes.optionalDictionary();
      cursor.acceptLocation();
    } while (cursor.accept(TokenKind.COMMA));
    cursor.expect(TokenKind.RIGHT_PAREN);
    return arguments;
  }

  /**
   * Whether the parenthesis at the current token holds arguments of the region that follows, and
   * not operands with their types: after those comes no brace and no second parenthesis.
   */
  boolean atArguments() {
    MlirLexer ahead = cursor.lookAhead();
    if (!ahead.is(TokenKind.VALUE)) {
      return false;
    }
    ahead.advance();
    if (!ahead.is(TokenKind.COLON)) {
      return false;
    }
    ahead.seek(lexer.start());
    return pass(ahead) && (ahead.is(TokenKind.LEFT_BRACE) || ahead.is(TokenKind.LEFT_PAREN));
  }

  /**
   * Passes a parenthesis and what it holds; stops and answers false if that is a region, which no
   * argument has. So no token is looked at from each of the regions around it.
   */
  boolean pass(MlirLexer ahead) {
    Brackets open = new Brackets(cursor.source());
    do {
      if (ahead.is(TokenKind.END)) {
        throw open.neverClosed();
      }
      if (ahead.is(TokenKind.LEFT_BRACE)) {
        int brace = ahead.start();
        ahead.advance();
        if (RegionParser.startsRegion(ahead)) {
          return false;
        }
        ahead.seek(brace);
      }
      if (open.opens(ahead)) {
        open.open(ahead);
      } else if (open.closes(ahead)) {
        open.close(ahead);
      }
      ahead.advance();
    } while (open.depth() > 0);
    return true;
  }
}
