package org.hlo4j.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Strict decoding of UTF-8. */
final class Utf8 {
  private Utf8() {}

  static String decode(String file, String what, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FileFormatException(file, what + " is not valid UTF-8: " + e.getMessage());
    }
  }

  /** Returns whether a text has no unpaired surrogates. */
  static boolean canEncode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
