package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.model.Block;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.TokenKind;

/** Parses regions and their blocks. */
final class RegionParser {
  private final Parsers parsers;
  private final Cursor cursor;
  private final MlirLexer lexer;

  RegionParser(Parsers parsers) {
    this.parsers = parsers;
    this.cursor = parsers.cursor;
    this.lexer = cursor.lexer();
  }

  /**
   * Returns whether the brace at the current token opens a region, not a dictionary. Empty braces
   * are taken for a dictionary.
   */
  boolean atRegion() {
    return startsRegion(cursor.lookAhead());
  }

  /** Returns whether the tokens after a brace make it a region's; advances the lexer. */
  static boolean startsRegion(MlirLexer ahead) {
    return switch (ahead.kind()) {
      case VALUE, LABEL -> true;
      case STRING -> {
        ahead.advance();
        yield ahead.is(TokenKind.LEFT_PAREN);
      }
      case WORD -> {
        boolean ends = endsBlock(ahead);
        ahead.advance();
        yield switch (ahead.kind()) {
          case RIGHT_BRACE -> ends;
          case EQUAL, COMMA -> false;
          default -> true;
        };
      }
      default -> false;
    };
  }

  /** Returns whether a word names an operation that may be alone in a block. */
  private static boolean endsBlock(MlirLexer ahead) {
    String word = ahead.text();
    return word.equals("return") || word.endsWith(".return") || word.endsWith(".yield");
  }

  /** Parses a region with its own scope, which may shadow outer names if it is isolated. */
  Region parse(List<BlockArgument> arguments, boolean isolated) {
    cursor.enter();
    ValueScope scope = parsers.scope;
    ValueScope.Mark mark = scope.open(isolated);
    Region region = body(arguments);
    scope.close(mark);
    cursor.leave();
    return region;
  }

  private Region body(List<BlockArgument> arguments) {
    int open = cursor.expect(TokenKind.LEFT_BRACE).start();
    List<Block> blocks = new ArrayList<>();
    boolean labelled = lexer.is(TokenKind.LABEL);
    if (!arguments.isEmpty() || !(labelled || lexer.is(TokenKind.RIGHT_BRACE))) {
      blocks.add(block("", lexer.start(), arguments));
    }
    while (lexer.is(TokenKind.LABEL)) {
      blocks.add(labelled());
    }
    if (lexer.is(TokenKind.END)) {
      throw cursor.source().error(open, "'{' is never closed");
    }
    if (!lexer.is(TokenKind.RIGHT_BRACE)) {
      throw cursor.expected("an operation or '}'");
    }
    lexer.advance();
    return new Region(blocks, cursor.since(open));
  }

  private Block labelled() {
    int start = lexer.start();
    String label = lexer.text();
    lexer.advance();
    List<BlockArgument> arguments =
        lexer.is(TokenKind.LEFT_PAREN) ? parsers.blockArguments.parse() : List.of();
    cursor.expect(TokenKind.COLON);
    return block(label, start, arguments);
  }

  private Block block(String label, int start, List<BlockArgument> arguments) {
    List<Value> values = parsers.scope.define(arguments);
    List<Operation> operations = new ArrayList<>();
    while (parsers.operations.atOperation()) {
      operations.add(parsers.operations.parse());
    }
    return new Block(label, values, operations, cursor.since(start));
  }
}
