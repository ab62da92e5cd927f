package org.hlo4j.internal.compile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.cache.KeyHasher;

/**
 * A compiled program as bytes, with the key of the program, plugin and machine that it was compiled
 * for. Immutable.
 *
 * @param key identifies program, plugin and machine, in 64 hexadecimal digits
 * @param code as serialized by the plugin
 */
@SuppressWarnings("ArrayRecordComponent") // It is never changed, and images are not compared.
public record ExecutableImage(String key, byte[] code) {
  private static final byte[] MAGIC = "hlo4jxe1".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 64;
  private static final int HEAD = MAGIC.length + 2 * DIGITS;

  /**
   * Reads the bytes written by {@link #toByteArray}.
   *
   * @throws ArgumentException if the bytes are in another format or incomplete
   */
  public static ExecutableImage of(byte[] bytes) {
    if (bytes.length < HEAD || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT, "These %d bytes are not a serialized executable", bytes.length));
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, MAGIC.length, bytes.length - MAGIC.length);
    String key = digits(in);
    String digest = digits(in);
    byte[] code = new byte[bytes.length - HEAD];
    in.get(code);
    if (!digest.equals(digestOf(code))) {
      throw new ArgumentException("The executable is damaged: its digest does not match");
    }
    return new ExecutableImage(key, code);
  }

  private static String digits(ByteBuffer in) {
    byte[] digits = new byte[DIGITS];
    in.get(digits);
    return new String(digits, StandardCharsets.US_ASCII);
  }

  /** Returns the executable with its key and a digest. */
  public byte[] toByteArray() {
    return ByteBuffer.allocate(HEAD + code.length)
        .put(MAGIC)
        .put(key.getBytes(StandardCharsets.US_ASCII))
        .put(digestOf(code).getBytes(StandardCharsets.US_ASCII))
        .put(code)
        .array();
  }

  private static String digestOf(byte[] code) {
    return new KeyHasher().add(code).key();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "executable %s, %,d bytes", key.substring(0, 16), code.length);
  }
}
