package org.hlo4j.internal.mlir.analysis;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.hlo4j.internal.cache.KeyHasher;
import org.hlo4j.internal.mlir.text.Bytecode;

/**
 * Computes a digest that detects changed programs: 16 hexadecimal digits of a SHA-256. Carriage
 * returns and a byte order mark are ignored in texts, since a checkout or an editor may change
 * them; in bytecode every byte counts.
 */
public final class ProgramDigest {
  private static final int BYTES = 8;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private ProgramDigest() {}

  public static String of(byte[] content) {
    MessageDigest digest = KeyHasher.sha256();
    if (Bytecode.isBytecode(content)) {
      digest.update(content);
    } else {
      addText(content, digest);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  /** Returns the SHA-256 of all bytes of a file, as {@code sha256sum} prints it. */
  public static String sha256(byte[] content) {
    return HexFormat.of().formatHex(KeyHasher.sha256().digest(content));
  }

  private static void addText(byte[] text, MessageDigest digest) {
    int start = Bytecode.startsWith(text, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    for (int i = start; i < text.length; i++) {
      if (text[i] == '\r') {
        digest.update(text, start, i - start);
        start = i + 1;
      }
    }
    digest.update(text, start, text.length - start);
  }
}
