package org.hlo4j.internal.mlir.syntax;

import java.util.List;
import org.hlo4j.internal.mlir.model.Type;
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

  List<BlockArgument> parse() {
    return cursor.list(TokenKind.LEFT_PAREN, TokenKind.RIGHT_PAREN, this::argument);
  }

  private BlockArgument argument() {
    Span name = cursor.expect(TokenKind.VALUE);
    cursor.expect(TokenKind.COLON);
    Type type = types.parse();
    attributes.optionalDictionary();
    cursor.acceptLocation();
    return new BlockArgument(cursor.source().slice(name), name, type);
  }

  /**
   * Returns whether the parenthesis at the current token contains arguments of the region that
   * follows, not operands with types: those are not followed by a brace or another parenthesis.
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
   * Skips a parenthesis and its contents; stops and returns false at a region, which arguments
   * cannot contain. This avoids scanning tokens once for each enclosing region.
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
