package org.hlo4j.internal.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes one key of several parts, by SHA-256. Each part goes in behind its length, so that no two
 * lists of parts look alike. Not safe for use by many threads.
 */
public final class KeyHasher {
  private final MessageDigest digest;

  /** A hasher without parts. */
  public KeyHasher() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }

  /** Adds a part. */
  public KeyHasher add(byte[] part) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(part.length).flip());
    digest.update(part);
    return this;
  }

  /** Adds the UTF-8 bytes of a text as a part. */
  public KeyHasher add(String part) {
    return add(part.getBytes(StandardCharsets.UTF_8));
  }

  /** The key of the parts so far, in lower-case hexadecimal digits. The hasher starts anew. */
  public String key() {
    return HexFormat.of().formatHex(digest());
  }

  /** The 32 bytes of the key. */
  byte[] digest() {
    return digest.digest();
  }
}
