package org.hlo4j.internal.mlir.analysis;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.model.RankedTensorType;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.syntax.Cursor;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.Characters;
import org.hlo4j.internal.mlir.text.MlirLexer;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.hlo4j.internal.mlir.text.Strings;
import org.hlo4j.internal.mlir.text.TokenKind;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/**
 * Finds constants whose bytes are in {@code dialect_resources} after the program, as torch-mlir
 * writes them. XLA only reads inline constants.
 */
public final class ResourceConstants {
  private static final String MENTION = "dense_resource";
  private static final String ELIDED = "__elided__";

  /** A blob begins with its alignment, in four bytes. */
  private static final String PREFIX = "0x";

  private static final int ALIGNMENT_DIGITS = 8;

  private final SourceText source;
  private final Map<String, Span> blobs = new HashMap<>();
  private final Map<Span, String> replacements = new LinkedHashMap<>();

  private ResourceConstants(SourceText source) {
    this.source = source;
  }

  /** Returns whether a text may have such constants. */
  public static boolean areIn(String text) {
    return text.contains(MENTION);
  }

  /**
   * Returns the replacements that make each constant inline.
   *
   * @throws CompilationException if the bytes of a constant are missing or invalid; the message
   *     shows the line
   */
  public static Map<Span, String> replacements(SourceText source) {
    ResourceConstants constants = new ResourceConstants(source);
    constants.findBlobs();
    constants.replaceMentions();
    return constants.replacements;
  }

  /**
   * Checks that the bytes of each constant are present.
   *
   * @throws CompilationException if they are not; the message shows the line
   */
  static void check(SourceText source) {
    if (areIn(source.text())) {
      Map<Span, String> unused = replacements(source);
    }
  }

  private void findBlobs() {
    MlirLexer lexer = new MlirLexer(source, 0);
    while (!lexer.is(TokenKind.END)) {
      if (lexer.is(TokenKind.METADATA_OPEN)) {
        int start = lexer.start();
        readSection(lexer);
        replacements.put(new Span(start, lexer.end()), "");
      }
      lexer.advance();
    }
  }

  /** Reads keys and blobs; nothing else in such a section contains similar strings. */
  private void readSection(MlirLexer lexer) {
    String key = "";
    while (!lexer.is(TokenKind.METADATA_CLOSE) && !lexer.is(TokenKind.END)) {
      if (lexer.is(TokenKind.STRING) && source.slice(spanOf(lexer)).startsWith("\"" + PREFIX)) {
        blobs.put(key, spanOf(lexer));
      } else if (lexer.is(TokenKind.WORD) || lexer.is(TokenKind.STRING)) {
        key = keyOf(lexer);
      }
      lexer.advance();
    }
  }

  private void replaceMentions() {
    Cursor cursor = new Cursor(source, 0);
    MlirLexer lexer = cursor.lexer();
    while (!lexer.is(TokenKind.END) && !lexer.is(TokenKind.METADATA_OPEN)) {
      int start = lexer.start();
      if (!lexer.isWord(MENTION)) {
        lexer.advance();
        continue;
      }
      lexer.advance();
      cursor.expect(TokenKind.LESS);
      String key = keyOf(lexer);
      lexer.advance();
      cursor.expect(TokenKind.GREATER);
      int end = lexer.previousEnd();
      cursor.expect(TokenKind.COLON);
      replacements.put(
          new Span(start, end), constant(start, key, MlirReader.readType(source, lexer.start())));
    }
  }

  private static Span spanOf(MlirLexer lexer) {
    return new Span(lexer.start(), lexer.end());
  }

  private static String keyOf(MlirLexer lexer) {
    return lexer.is(TokenKind.STRING) ? Strings.unquote(lexer.text()) : lexer.text();
  }

  private String constant(int at, String key, Type type) {
    Span blob = blobs.get(key);
    if (blob == null) {
      throw source.refusal(
          at,
          key.equals(ELIDED)
              ? "the bytes of this constant were left out when the program was printed;"
                  + " print it without eliding large constants"
              : ("the program does not contain the bytes of the resource %s: it was truncated, or"
                      + " printed without its resources")
                  .formatted(key));
    }
    Shape shape = type instanceof RankedTensorType tensor ? tensor.shape() : null;
    if (shape == null) {
      throw source.refusal(at, "a resource cannot be a %s", type.text());
    }
    String digits = source.text().substring(blob.start() + 1 + PREFIX.length(), blob.end() - 1);
    boolean isHexadecimal = Characters.hexDigitsEnd(digits, 0) == digits.length();
    if (!isHexadecimal || digits.length() % 2 != 0 || digits.length() < ALIGNMENT_DIGITS) {
      throw source.refusal(blob.start(), "the bytes of %s are not a hexadecimal string", key);
    }
    String bytes = digits.substring(ALIGNMENT_DIGITS);
    long expected = shape.elementCount() * shape.elementType().hostBytes();
    if (bytes.length() / 2 != expected) {
      throw source.refusal(
          at,
          "the resource %s has %d bytes, but a %s takes %d",
          key,
          bytes.length() / 2,
          shape,
          expected);
    }
    if (expected == 0) {
      return "dense<>";
    }
    // The packing of booleans in bytes differs between versions of MLIR.
    return shape.elementType() == ElementType.I1
        ? "dense<%s>".formatted(truthValues(shape, HexFormat.of().parseHex(bytes)))
        : "dense<\"%s%s\">".formatted(PREFIX, bytes);
  }

  private static String truthValues(Shape shape, byte[] values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ", ")
          .repeat("[", edges(shape, i))
          .append(values[i] != 0)
          .repeat("]", edges(shape, i + 1));
    }
    return text.toString();
  }

  /** Returns the number of dimensions that begin or end between an element and the previous one. */
  private static int edges(Shape shape, long element) {
    int count = 0;
    long size = 1;
    for (int d = shape.rank() - 1; d >= 0; d--) {
      size *= shape.dimension(d);
      if (element % size == 0) {
        count++;
      }
    }
    return count;
  }
}
