package org.hlo4j.internal.mlir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.Function.SignatureSpans;
import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.hlo4j.internal.mlir.model.FunctionResult;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.TokenKind;
import org.jspecify.annotations.Nullable;

/**
 * Parses the signature of a function: its arguments and results, after its name or alone, such as
 * {@code (%x: tensor<4xf32>) -> tensor<4xf32>}.
 */
final class SignatureParser {
  private final Cursor cursor;
  private final MlirLexer lexer;
  private final TypeParser types;
  private final AttributeParser attributes;

  private List<Argument> arguments = List.of();
  private List<FunctionResult> results = List.of();
  private Span argumentsSpan = new Span(0, 0);
  private Span resultsSpan = new Span(0, 0);

  SignatureParser(Cursor cursor, TypeParser types, AttributeParser attributes) {
    this.cursor = cursor;
    this.lexer = cursor.lexer();
    this.types = types;
    this.attributes = attributes;
  }

  /** An argument, before it is known whether the function has a body with values. */
  private record Argument(@Nullable Span name, FunctionArgument declared) {}

  void parse() {
    int argumentsStart = lexer.start();
    arguments = cursor.list(TokenKind.LEFT_PAREN, TokenKind.RIGHT_PAREN, this::parseArgument);
    argumentsSpan = cursor.since(argumentsStart);
    int resultsStart = lexer.previousEnd();
    results = cursor.accept(TokenKind.ARROW) ? parseResults() : List.of();
    resultsSpan = cursor.since(resultsStart);
  }

  /**
   * Returns the arguments as those of the body's first block.
   *
   * @param problem the error for an argument without a name
   */
  List<BlockArgument> namedArguments(SourceText source, String problem) {
    List<BlockArgument> named = new ArrayList<>();
    for (Argument argument : arguments) {
      Span name = argument.name();
      if (name == null) {
        throw source.error(argument.declared().span().start(), problem);
      }
      named.add(new BlockArgument(source.slice(name), name, argument.declared().type()));
    }
    return named;
  }

  /** Returns the arguments with their values in a body; without values if there is no body. */
  List<FunctionArgument> arguments(List<Value> values) {
    List<FunctionArgument> finished = new ArrayList<>();
    for (Argument argument : arguments) {
      FunctionArgument declared = argument.declared();
      finished.add(values.isEmpty() ? declared : declared.withValue(values.get(finished.size())));
    }
    return finished;
  }

  List<FunctionResult> results() {
    return results;
  }

  SignatureSpans spans(Span name) {
    return new SignatureSpans(name, argumentsSpan, resultsSpan);
  }

  private Argument parseArgument() {
    int start = lexer.start();
    Span name = null;
    if (lexer.is(TokenKind.VALUE)) {
      name = cursor.here();
      lexer.advance();
      cursor.expect(TokenKind.COLON);
    }
    int typeStart = lexer.start();
    Type type = types.parse();
    Span typeSpan = cursor.since(typeStart);
    Attributes dictionary = attributes.optionalDictionary();
    Span location = cursor.location();
    if (location == null && (lexer.is(TokenKind.STRING) || lexer.is(TokenKind.WORD))) {
      throw cursor.prettyLocation();
    }
    return new Argument(
        name,
        new FunctionArgument(null, type, dictionary, cursor.since(start), typeSpan, location));
  }

  private List<FunctionResult> parseResults() {
    if (lexer.is(TokenKind.LEFT_PAREN)) {
      return cursor.list(TokenKind.LEFT_PAREN, TokenKind.RIGHT_PAREN, this::parseResult);
    }
    int start = lexer.start();
    Type type = types.parse();
    Span span = cursor.since(start);
    return List.of(new FunctionResult(type, Attributes.none(), span, span));
  }

  private FunctionResult parseResult() {
    int start = lexer.start();
    Type type = types.parse();
    Span typeSpan = cursor.since(start);
    Attributes dictionary = attributes.optionalDictionary();
    return new FunctionResult(type, dictionary, cursor.since(start), typeSpan);
  }
}
