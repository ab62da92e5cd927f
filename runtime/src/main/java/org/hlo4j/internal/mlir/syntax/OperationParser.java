package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hlo4j.internal.mlir.model.Operand;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.OperationBuilder;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.ResultName;
import org.hlo4j.internal.mlir.model.SymbolReference;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.Strings;
import org.hlo4j.internal.mlir.text.TokenKind;

/** Parses operations: their results, names, and generic form. */
final class OperationParser {
  /** The operations of func that MLIR accepts without a dialect inside of functions. */
  private static final Set<String> OF_FUNC = Set.of("call", "call_indirect", "constant", "return");

  private static final Set<String> OF_BUILTIN = Set.of("module", "unrealized_conversion_cast");

  /** The operations whose regions cannot use outer values, and so may redefine their names. */
  private static final Set<String> ISOLATED =
      Set.of(
          "builtin.module",
          "chlo.scan",
          "func.func",
          "mpmd.fragment",
          "mpmd.named_computation",
          "sdy.manual_computation",
          "sdy.named_computation",
          "stablehlo.async_start");

  private final Parsers parsers;
  private final Cursor cursor;
  private final MlirLexer lexer;

  OperationParser(Parsers parsers) {
    this.parsers = parsers;
    this.cursor = parsers.cursor;
    this.lexer = cursor.lexer();
  }

  static boolean isIsolated(String operation) {
    return ISOLATED.contains(operation);
  }

  boolean atOperation() {
    return switch (lexer.kind()) {
      case VALUE, STRING, WORD -> true;
      default -> false;
    };
  }

  Operation parse() {
    int start = lexer.start();
    List<ResultName> names = results();
    if (lexer.is(TokenKind.STRING)) {
      return finish(generic(names), start);
    }
    if (!lexer.is(TokenKind.WORD)) {
      throw cursor.expected("an operation's name");
    }
    if (names.isEmpty() && lexer.isWord("module")) {
      return parsers.moduleParser.parse();
    }
    if (names.isEmpty() && lexer.isWord("func.func")) {
      return parsers.functionParser.parse();
    }
    OperationBuilder builder = new OperationBuilder(cursor.source(), names, name(), cursor.here());
    lexer.advance();
    List<SymbolReference> outer = cursor.collectSymbols(builder.symbols());
    new PrettyOperationParser(parsers, builder).parse();
    cursor.collectSymbols(outer);
    return finish(builder, start);
  }

  private Operation finish(OperationBuilder builder, int start) {
    Operation operation = builder.build(cursor.since(start));
    int first = 0;
    for (ResultName result : builder.names()) {
      List<Value> values = operation.results().subList(first, first + result.count());
      parsers.scope.define(result.name(), values, result.span());
      first += result.count();
    }
    if (operation.is("func.func")) {
      GenericFunctions.describe(operation, parsers);
    } else if (operation.is("builtin.module")) {
      parsers.moduleParser.describe(operation);
    }
    return operation;
  }

  private List<ResultName> results() {
    List<ResultName> names = new ArrayList<>();
    if (!lexer.is(TokenKind.VALUE)) {
      return names;
    }
    do {
      Span span = cursor.expect(TokenKind.VALUE);
      int count = cursor.accept(TokenKind.COLON) ? count() : 1;
      names.add(new ResultName(cursor.source().slice(span), count, span));
    } while (cursor.accept(TokenKind.COMMA));
    cursor.expect(TokenKind.EQUAL);
    return names;
  }

  private int count() {
    Long count = cursor.source().parseLong(lexer.start(), lexer.end());
    if (!lexer.is(TokenKind.NUMBER) || count == null || count < 1 || count > Integer.MAX_VALUE) {
      throw cursor.expected("the number of results");
    }
    lexer.advance();
    return count.intValue();
  }

  /** Returns the name at the current token, with its dialect. */
  private String name() {
    String name = lexer.text();
    if (lexer.isDottedWord()) {
      return name;
    }
    if (OF_FUNC.contains(name)) {
      return "func." + name;
    }
    if (OF_BUILTIN.contains(name)) {
      return "builtin." + name;
    }
    throw cursor.error(
        "unknown operation '"
            + name
            + "': all operations but return and call need their dialect, as in stablehlo.add");
  }

  private OperationBuilder generic(List<ResultName> names) {
    SourceText source = cursor.source();
    String name = Strings.unquote(lexer.text());
    OperationBuilder builder = new OperationBuilder(source, names, name, cursor.here());
    List<SymbolReference> outer = cursor.collectSymbols(builder.symbols());
    lexer.advance();
    cursor
        .list(TokenKind.LEFT_PAREN, TokenKind.RIGHT_PAREN, this::operand)
        .forEach(builder::operand);
    if (lexer.is(TokenKind.LEFT_BRACKET)) {
      cursor.passBrackets();
    }
    if (lexer.is(TokenKind.LESS)) {
      builder.attributes(parsers.attributes.properties());
    }
    if (cursor.accept(TokenKind.LEFT_PAREN)) {
      do {
        builder.region(region(name));
      } while (cursor.accept(TokenKind.COMMA));
      cursor.expect(TokenKind.RIGHT_PAREN);
    }
    builder.attributes(parsers.attributes.optionalDictionary());
    cursor.expect(TokenKind.COLON);
    int types = lexer.start();
    builder.types(parsers.types.ofGenericOperation());
    if (builder.types().inputs().size() != builder.operands().size()) {
      throw source.error(
          types,
          "'%s' has %d operands, but types for %d",
          name,
          builder.operands().size(),
          builder.types().inputs().size());
    }
    cursor.acceptLocation();
    cursor.collectSymbols(outer);
    return builder;
  }

  private Region region(String operation) {
    ValueScope around = parsers.scope;
    if (operation.equals("func.func")) {
      parsers.scope = new ValueScope(cursor.source());
    }
    Region region = parsers.regions.parse(List.of(), isIsolated(operation));
    parsers.scope = around;
    return region;
  }

  /** Parses the use of a value: {@code %0}, {@code %0#1}. */
  Operand operand() {
    Span name = cursor.expect(TokenKind.VALUE);
    int number = 0;
    if (lexer.is(TokenKind.HASH) && lexer.start() == lexer.previousEnd()) {
      Long parsed = cursor.source().parseLong(lexer.start() + 1, lexer.end());
      if (parsed == null || parsed < 0 || parsed > Integer.MAX_VALUE) {
        throw cursor.expected("the number of a result");
      }
      number = parsed.intValue();
      lexer.advance();
    }
    Span span = cursor.since(name.start());
    return new Operand(parsers.scope.resolve(cursor.source().slice(name), number, span), span);
  }
}
