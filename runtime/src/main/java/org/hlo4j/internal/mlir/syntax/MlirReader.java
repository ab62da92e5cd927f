package org.hlo4j.internal.mlir.syntax;

import java.util.List;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.OperationBuilder;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.TokenKind;
import org.jspecify.annotations.Nullable;

/** Parses programs, signatures and types: MLIR text of any dialects, in pretty and generic form. */
public final class MlirReader {
  private MlirReader() {}

  /**
   * Parses a program.
   *
   * @param text a module, or functions without one
   * @throws MlirSyntaxException if the text is not valid MLIR, or uses an undefined value
   */
  public static MlirModule read(String text) {
    return read(new SourceText(text));
  }

  /** Like {@link #read(String)}, for a text whose positions the caller needs. */
  public static MlirModule read(SourceText source) {
    return new Parsers(source).moduleParser.parseText();
  }

  /**
   * Parses a type, such as {@code tensor<2x3xf32>} or {@code (tensor<f32>) -> tensor<f32>}.
   *
   * @throws MlirSyntaxException if the text is anything else
   */
  public static Type readType(String text) {
    Parsers parsers = new Parsers(new SourceText(text));
    Type type = parsers.types.parse();
    parsers.cursor.expect(TokenKind.END);
    return type;
  }

  /**
   * Parses a type at an offset of a text, ignoring what follows.
   *
   * @throws MlirSyntaxException if there is none
   */
  public static Type readType(SourceText source, int offset) {
    return new TypeParser(new Cursor(source, offset), new Aliases(source)).parse();
  }

  /**
   * Parses a signature, such as {@code (%x: tensor<4xf32>) -> tensor<4xf32>}.
   *
   * @param name the name of the function
   * @return a module with a declaration of the function with argument names; null if there is text
   *     after the signature
   * @throws MlirSyntaxException if the text does not start with a signature
   */
  public static @Nullable MlirModule readSignature(String name, String signature) {
    SourceText source = new SourceText(signature);
    Parsers parsers = new Parsers(source);
    SignatureParser parser = new SignatureParser(parsers.cursor, parsers.types, parsers.attributes);
    parser.parse();
    if (!parsers.cursor.lexer().is(TokenKind.END)) {
      return null;
    }
    List<Value> values =
        parsers.scope.define(parser.namedArguments(source, "this argument has no name"));
    Span span = parsers.cursor.since(0);
    Operation operation = new OperationBuilder(source, List.of(), "func.func", span).build(span);
    Function function =
        new Function(
            name,
            false,
            parser.arguments(values),
            parser.results(),
            Attributes.none(),
            operation,
            parser.spans(new Span(0, 0)));
    return new MlirModule(
        "",
        Attributes.none(),
        List.of(function),
        List.of(),
        List.of(operation),
        List.of(),
        null,
        source);
  }
}
