package org.hlo4j.internal.mlir.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.hlo4j.error.CompilationException;

/**
 * Decodes program files: UTF-8, or UTF-16 as written by Windows shells, without byte order marks.
 */
public final class ProgramText {
  private static final char MARK = '\uFEFF';

  /** The byte order mark in UTF-16. */
  private static final byte[] LITTLE_ENDIAN = {(byte) 0xFF, (byte) 0xFE};

  private static final byte[] BIG_ENDIAN = {(byte) 0xFE, (byte) 0xFF};

  private ProgramText() {}

  /**
   * Returns the characters of a program's file.
   *
   * @throws CompilationException if the bytes are not text
   */
  public static String decode(byte[] bytes) {
    Charset charset = charsetOf(bytes);
    CharsetDecoder decoder = charset.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw notText(charset, in.position(), out.flip().toString());
    }
    decoder.flush(out);
    String text = withoutMark(out.flip().toString());
    if (text.indexOf('\0') >= 0) {
      throw new CompilationException("this is neither text nor MLIR bytecode: it has zero bytes");
    }
    return text;
  }

  /** Returns a text without its byte order mark, if any. */
  public static String withoutMark(String text) {
    return text.isEmpty() || text.charAt(0) != MARK ? text : text.substring(1);
  }

  private static Charset charsetOf(byte[] bytes) {
    if (Bytecode.startsWith(bytes, LITTLE_ENDIAN)) {
      return StandardCharsets.UTF_16LE;
    }
    if (Bytecode.startsWith(bytes, BIG_ENDIAN)) {
      return StandardCharsets.UTF_16BE;
    }
    // Programs begin with ASCII, which UTF-16 encodes as a zero byte and another one.
    if (bytes.length >= 2 && bytes.length % 2 == 0 && (bytes[0] == 0) != (bytes[1] == 0)) {
      return bytes[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
    return StandardCharsets.UTF_8;
  }

  private static CompilationException notText(Charset charset, int at, String before) {
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    return new CompilationException(
        "this is neither text nor MLIR bytecode: byte %s, in line %s, is not %s"
            .formatted(at, line, charset.name()));
  }
}
