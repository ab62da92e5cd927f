package org.hlo4j.internal.mlir;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.Function.SignatureSpans;
import org.jspecify.annotations.Nullable;

/** Reads functions in their pretty form. */
final class FunctionParser {
  private final Parsers parsers;
  private final Cursor cursor;
  private final Lexer lexer;
  private final SourceText source;

  FunctionParser(Parsers parsers) {
    this.parsers = parsers;
    this.cursor = parsers.cursor;
    this.lexer = cursor.lexer();
    this.source = cursor.source();
  }

  /** Reads a function and answers it as an operation. */
  Operation parse() {
    int start = lexer.start();
    OperationBuilder builder = new OperationBuilder(source, List.of(), "func.func", cursor.here());
    // A function's own name is no mention of it.
    List<SymbolReference> outer = cursor.collectSymbols(new ArrayList<>());
    lexer.advance();
    Visibility visibility = visibility();
    Span nameSpan = cursor.here();
    String name = cursor.symbol().name();
    cursor.collectSymbols(builder.symbols);
    int argumentsStart = lexer.start();
    List<Argument> arguments = arguments();
    Span argumentsSpan = cursor.since(argumentsStart);
    int resultsStart = lexer.previousEnd();
    List<FunctionResult> results = cursor.accept(TokenKind.ARROW) ? results() : List.of();
    Span resultsSpan = cursor.since(resultsStart);
    Attributes attributes =
        cursor.acceptWord("attributes") ? parsers.attributes.dictionary() : Attributes.none();
    builder.attributes.addAll(attributes.list());
    if (lexer.is(TokenKind.LEFT_BRACE)) {
      builder.regions.add(body(arguments));
    }
    cursor.acceptLocation();
    cursor.collectSymbols(outer);
    Operation operation = builder.build(cursor.since(start));
    parsers.functions.put(
        operation,
        new Function(
            name,
            visibility,
            finish(arguments, operation),
            results,
            attributes,
            operation,
            new SignatureSpans(nameSpan, argumentsSpan, resultsSpan)));
    return operation;
  }

  private record Argument(
      @Nullable Span name,
      Type type,
      Attributes attributes,
      Span span,
      Span typeSpan,
      @Nullable Span location) {}

  private Visibility visibility() {
    if (cursor.acceptWord("private")) {
      return Visibility.PRIVATE;
    }
    if (cursor.acceptWord("nested")) {
      return Visibility.NESTED;
    }
    cursor.acceptWord("public");
    return Visibility.PUBLIC;
  }

  private List<Argument> arguments() {
    cursor.expect(TokenKind.LEFT_PAREN);
    List<Argument> arguments = new ArrayList<>();
    if (cursor.accept(TokenKind.RIGHT_PAREN)) {
      return arguments;
    }
    do {
      arguments.add(argument());
    } while (cursor.accept(TokenKind.COMMA));
    cursor.expect(TokenKind.RIGHT_PAREN);
    return arguments;
  }

  private Argument argument() {
    int start = lexer.start();
    Span name = null;
    if (lexer.is(TokenKind.VALUE)) {
      name = cursor.here();
      lexer.advance();
      cursor.expect(TokenKind.COLON);
    }
    int typeStart = lexer.start();
    Type type = parsers.types.parse();
    Span typeSpan = cursor.since(typeStart);
    Attributes attributes = parsers.attributes.optionalDictionary();
    Span location = cursor.location();
    if (location == null && (lexer.is(TokenKind.STRING) || lexer.is(TokenKind.WORD))) {
      throw cursor.prettyLocation();
    }
    return new Argument(name, type, attributes, cursor.since(start), typeSpan, location);
  }

  private List<FunctionResult> results() {
    List<FunctionResult> results = new ArrayList<>();
    if (!cursor.accept(TokenKind.LEFT_PAREN)) {
      Span span = new Span(lexer.start(), lexer.start());
      Type type = parsers.types.parse();
      span = cursor.since(span.start());
      return List.of(new FunctionResult(type, Attributes.none(), span, span));
    }
    if (cursor.accept(TokenKind.RIGHT_PAREN)) {
      return results;
    }
    do {
      int start = lexer.start();
      Type type = parsers.types.parse();
      Span typeSpan = cursor.since(start);
      Attributes attributes = parsers.attributes.optionalDictionary();
      results.add(new FunctionResult(type, attributes, cursor.since(start), typeSpan));
    } while (cursor.accept(TokenKind.COMMA));
    cursor.expect(TokenKind.RIGHT_PAREN);
    return results;
  }

  private Region body(List<Argument> arguments) {
    List<BlockArgument> values = new ArrayList<>();
    for (Argument argument : arguments) {
      Span name = argument.name();
      if (name == null) {
        throw source.error(
            argument.span().start(), "this argument has no name, but the function has a body");
      }
      values.add(new BlockArgument(source.slice(name), name, argument.type()));
    }
    Scope around = parsers.scope;
    parsers.scope = new Scope(source);
    Region body = parsers.regions.parse(values, true);
    parsers.scope = around;
    return body;
  }

  private static List<FunctionArgument> finish(List<Argument> arguments, Operation function) {
    Block entry = function.regions().isEmpty() ? null : function.regions().get(0).entry();
    List<FunctionArgument> finished = new ArrayList<>();
    for (Argument argument : arguments) {
      finished.add(
          new FunctionArgument(
              entry == null ? null : entry.arguments().get(finished.size()),
              argument.type(),
              argument.attributes(),
              argument.span(),
              argument.typeSpan(),
              argument.location()));
    }
    return finished;
  }
}
