package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hlo4j.internal.mlir.model.FunctionType;
import org.hlo4j.internal.mlir.model.OpaqueType;
import org.hlo4j.internal.mlir.model.OperationTypes;
import org.hlo4j.internal.mlir.model.RankedTensorType;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.text.Characters;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.TokenKind;

/** Parses types. */
final class TypeParser {
  private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n]+");

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

  boolean atType() {
    return switch (lexer.kind()) {
      case LEFT_PAREN, BANG -> true;
      case WORD -> BuiltinTypes.isName(lexer.text());
      default -> false;
    };
  }

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

  /** Parses the types after the arrow of a function type. */
  List<Type> parseResults() {
    return lexer.is(TokenKind.LEFT_PAREN) ? inParentheses() : List.of(parse());
  }

  /** Parses the function type of an operation in its generic form. */
  OperationTypes ofGenericOperation() {
    FunctionType type = function();
    return new OperationTypes(true, type.inputs(), type.results());
  }

  /**
   * Parses the types of an operation in its pretty form: a function type, or any number of types.
   */
  OperationTypes ofPrettyOperation() {
    List<Type> inputs = lexer.is(TokenKind.LEFT_PAREN) ? inParentheses() : oneOrMore();
    return cursor.accept(TokenKind.ARROW)
        ? new OperationTypes(true, inputs, parseResults())
        : new OperationTypes(false, inputs, List.of());
  }

  private List<Type> oneOrMore() {
    List<Type> types = new ArrayList<>();
    types.add(parse());
    // A comma may be followed by something other than a type.
    while (cursor.accept(TokenKind.COMMA) && atType()) {
      types.add(parse());
    }
    return types;
  }

  private List<Type> inParentheses() {
    return cursor.list(TokenKind.LEFT_PAREN, TokenKind.RIGHT_PAREN, this::parse);
  }

  private FunctionType function() {
    List<Type> inputs = inParentheses();
    cursor.expect(TokenKind.ARROW);
    return new FunctionType(inputs, parseResults());
  }

  private Type dialectType() {
    int start = lexer.start();
    String name = lexer.text();
    lexer.advance();
    if (name.equals("!stablehlo.future")) {
      return withParameters(name);
    }
    if (name.indexOf('.') < 0 && !lexer.is(TokenKind.LESS)) {
      Type alias = aliases.type(name);
      if (alias == null) {
        throw source.error(start, "the type alias '" + name + "' is not defined before it is used");
      }
      return alias;
    }
    if (lexer.is(TokenKind.LESS)) {
      cursor.passBrackets();
    }
    return opaque(start);
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
    if (name.equals("tuple") || name.equals("complex")) {
      return withParameters(name);
    }
    if (BuiltinTypes.hasParameters(name)) {
      cursor.check(TokenKind.LESS);
      cursor.passBrackets();
    }
    return opaque(start);
  }

  private Type withParameters(String name) {
    List<Type> parameters = cursor.list(TokenKind.LESS, TokenKind.GREATER, this::parse);
    return new OpaqueType(name + "<" + Type.join(parameters) + ">");
  }

  private Type opaque(int start) {
    return new OpaqueType(collapsed(source.slice(cursor.since(start))));
  }

  /** Returns the text with white space collapsed to single blanks, for comparisons. */
  private static String collapsed(String text) {
    return BLANKS.matcher(text).replaceAll(" ");
  }

  private Type tensor(int start) {
    cursor.check(TokenKind.LESS);
    int body = Characters.blanksEnd(source.text(), lexer.end());
    if (body < source.length() && source.charAt(body) == '*') {
      cursor.passBrackets();
      return opaque(start);
    }
    List<Long> dimensions = new ArrayList<>();
    lexer.seek(dimensions(body, dimensions));
    String element = parse().text();
    String encoding = null;
    if (cursor.accept(TokenKind.COMMA)) {
      encoding = collapsed(aliases.expand(source.slice(cursor.passValue())));
    }
    cursor.expect(TokenKind.GREATER);
    return new RankedTensorType(dimensions, element, encoding);
  }

  /**
   * Parses the dimensions, which MLIR's tokens combine into words such as {@code x3xf32}; returns
   * the offset of the element type.
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
    Long size = source.parseLong(start, end);
    if (size == null) {
      throw source.error(start, "this dimension exceeds 2^63");
    }
    return size;
  }
}
