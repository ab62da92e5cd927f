package org.hlo4j.internal.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Combines several parts into one key by SHA-256. The length of each part is hashed as well, so
 * different lists of parts have different keys. Not thread-safe.
 */
public final class KeyHasher {
  private final MessageDigest digest = sha256();

  /** Returns a new SHA-256 digest. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  public KeyHasher add(byte[] part) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(part.length).flip());
    digest.update(part);
    return this;
  }

  /** Adds the UTF-8 bytes of a text as a part. */
  public KeyHasher add(String part) {
    return add(part.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the key of the parts so far, in lower-case hexadecimal digits, and resets the hasher.
   */
  public String key() {
    return HexFormat.of().formatHex(digest());
  }

  /** Returns the 32 bytes of the key. */
  byte[] digest() {
    return digest.digest();
  }
}
