package org.hlo4j.internal.mlir;

/** Reads programs: MLIR text of any dialects, in its pretty forms and in its generic one. */
public final class MlirReader {
  private MlirReader() {}

  /**
   * Reads a program.
   *
   * @param text a module, or functions without one
   * @throws MlirSyntaxException if the text is no MLIR, or uses a value that it does not define
   */
  public static MlirModule read(String text) {
    return read(new SourceText(text));
  }

  /**
   * Reads a program.
   *
   * @param source a module, or functions without one
   * @throws MlirSyntaxException if the text is no MLIR, or uses a value that it does not define
   */
  public static MlirModule read(SourceText source) {
    return new Parsers(source).moduleParser.parseText();
  }

  /**
   * Reads a type on its own, such as {@code tensor<2x3xf32>} or {@code (tensor<f32>) ->
   * tensor<f32>}.
   *
   * @throws MlirSyntaxException if the text is anything else
   */
  public static Type readType(String text) {
    Parsers parsers = new Parsers(new SourceText(text));
    Type type = parsers.types.parse();
    parsers.cursor.expect(TokenKind.END);
    return type;
  }
}
