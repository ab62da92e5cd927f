package org.hlo4j.internal.cache;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Reads and writes the file of a cache entry: a magic number, the format version, the SHA-256 of
 * key and content, the content's length, and the content.
 */
final class CacheEntryFormat {
  private static final int DIGEST_BYTES = 32;

  static final int HEADER_BYTES = Long.BYTES + Integer.BYTES + DIGEST_BYTES + Long.BYTES;

  /** The letters hlo4j, and a line end. */
  private static final long MAGIC = 0x686c6f346a0d0a1aL;

  private static final int VERSION = 1;

  private CacheEntryFormat() {}

  static void write(OutputStream file, String key, byte[] content) throws IOException {
    DataOutputStream out = new DataOutputStream(file);
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    out.write(digest(key, content));
    out.writeLong(content.length);
    out.write(content);
    out.flush();
  }

  /** Returns the content of the file if it is complete and was written under this key. */
  static Optional<byte[]> read(InputStream file, long size, String key) throws IOException {
    DataInputStream in = new DataInputStream(file);
    if (size < HEADER_BYTES || in.readLong() != MAGIC || in.readInt() != VERSION) {
      return Optional.empty();
    }
    byte[] digest = in.readNBytes(DIGEST_BYTES);
    long length = in.readLong();
    if (length != size - HEADER_BYTES || length > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    byte[] content = in.readNBytes((int) length);
    return content.length == length && MessageDigest.isEqual(digest, digest(key, content))
        ? Optional.of(content)
        : Optional.empty();
  }

  /** The digest includes the key, so that a renamed file is detected. */
  private static byte[] digest(String key, byte[] content) {
    return new KeyHasher().add(key).add(content).digest();
  }
}
