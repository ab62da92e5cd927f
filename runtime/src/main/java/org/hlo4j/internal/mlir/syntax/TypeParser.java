package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.model.FunctionType;
import org.hlo4j.internal.mlir.model.FutureType;
import org.hlo4j.internal.mlir.model.OpaqueType;
import org.hlo4j.internal.mlir.model.RankedTensorType;
import org.hlo4j.internal.mlir.model.TokenType;
import org.hlo4j.internal.mlir.model.TupleType;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.text.Blanks;
import org.hlo4j.internal.mlir.text.Characters;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.Numbers;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.TokenKind;

/** Parses types. */
final class TypeParser {
  private final Cursor cursor;
  private final MlirLexer lexer;
  private final SourceText source;
  private final Aliases aliases;

  TypeParser(Cursor cursor, Aliases aliases) {
    this.cursor = cursor;
    this.lexer = cursor.lexer();
    this.source = cursor.source();
    this.aliases = aliases;
  }

  /** Whether a type may start at the current token. */
  boolean atType() {
    return switch (lexer.kind()) {
      case LEFT_PAREN, BANG -> true;
      case WORD -> BuiltinTypes.isName(lexer.text());
      default -> false;
    };
  }

  /** Reads a type. */
  Type parse() {
    cursor.enter();
    Type type =
        switch (lexer.kind()) {
          case LEFT_PAREN -> function();
          case BANG -> dialectType();
          case WORD -> builtin();
          default -> throw cursor.expected("a type");
        };
    cursor.leave();
    return type;
  }

  /** Reads types between brackets, the closing one included. */
  List<Type> parseList(TokenKind open, TokenKind close) {
    return cursor.list(open, close, this::parse);
  }

  /** Reads what follows the arrow of a function type. */
  List<Type> parseResults() {
    return lexer.is(TokenKind.LEFT_PAREN)
        ? parseList(TokenKind.LEFT_PAREN, TokenKind.RIGHT_PAREN)
        : List.of(parse());
  }

  private Type function() {
    List<Type> inputs = parseList(TokenKind.LEFT_PAREN, TokenKind.RIGHT_PAREN);
    cursor.expect(TokenKind.ARROW);
    return new FunctionType(inputs, parseResults());
  }

  private Type dialectType() {
    int start = lexer.start();
    String name = lexer.text();
    lexer.advance();
    if (name.equals("!stablehlo.token")) {
      return new TokenType();
    }
    if (name.equals("!stablehlo.future")) {
      return new FutureType(parseList(TokenKind.LESS, TokenKind.GREATER));
    }
    if (name.indexOf('.') < 0 && !lexer.is(TokenKind.LESS)) {
      Type alias = aliases.type(name);
      if (alias == null) {
        throw source.error(start, "no type alias '" + name + "' is defined before its use");
      }
      return alias;
    }
    if (lexer.is(TokenKind.LESS)) {
      cursor.passBrackets();
    }
    return new OpaqueType(Blanks.collapse(source.slice(cursor.since(start))));
  }

  private Type builtin() {
    int start = lexer.start();
    String name = lexer.text();
    if (!BuiltinTypes.isName(name)) {
      throw cursor.error("unknown type '" + name + "'");
    }
    lexer.advance();
    if (name.equals("tensor")) {
      return tensor(start);
    }
    if (name.equals("tuple")) {
      return new TupleType(parseList(TokenKind.LESS, TokenKind.GREATER));
    }
    if (name.equals("complex")) {
      List<Type> part = parseList(TokenKind.LESS, TokenKind.GREATER);
      return new OpaqueType("complex<" + Type.join(part) + ">");
    }
    if (BuiltinTypes.hasParameters(name)) {
      if (!lexer.is(TokenKind.LESS)) {
        throw cursor.expected("'<'");
      }
      cursor.passBrackets();
    }
    return new OpaqueType(Blanks.collapse(source.slice(cursor.since(start))));
  }

  private Type tensor(int start) {
    if (!lexer.is(TokenKind.LESS)) {
      throw cursor.expected("'<'");
    }
    int body = Characters.blanksEnd(source.text(), lexer.end());
    if (body < source.length() && source.charAt(body) == '*') {
      cursor.passBrackets();
      return new OpaqueType(Blanks.collapse(source.slice(cursor.since(start))));
    }
    List<Long> dimensions = new ArrayList<>();
    lexer.seek(dimensions(body, dimensions));
    String element = parse().text();
    String encoding = null;
    if (cursor.accept(TokenKind.COMMA)) {
      encoding = Blanks.collapse(aliases.expand(source.slice(cursor.passValue())));
    }
    cursor.expect(TokenKind.GREATER);
    return new RankedTensorType(dimensions, element, encoding);
  }

  /**
   * Reads the dimensions, of which MLIR's own tokens make words such as {@code x3xf32}; answers the
   * offset of the element type.
   */
  private int dimensions(int body, List<Long> into) {
    String text = source.text();
    int at = body;
    while (at < text.length() && (Characters.isDigit(text.charAt(at)) || text.charAt(at) == '?')) {
      boolean dynamic = text.charAt(at) == '?';
      int end = dynamic ? at + 1 : Characters.digitsEnd(text, at);
      into.add(dynamic ? RankedTensorType.DYNAMIC : size(at, end));
      int cross = Characters.blanksEnd(text, end);
      if (cross == text.length() || text.charAt(cross) != 'x') {
        throw source.error(cross, "expected 'x' after a dimension");
      }
      at = Characters.blanksEnd(text, cross + 1);
    }
    return at;
  }

  private long size(int start, int end) {
    Long size = Numbers.parseLong(source.text(), start, end);
    if (size == null) {
      throw source.error(start, "this dimension is beyond 2^63");
    }
    return size;
  }
}
