package org.hlo4j.internal.mlir;

import java.util.Arrays;

/** Recognizes MLIR's bytecode, and bytecode that a build has copied as if it were text. */
public final class Bytecode {
  /** The letters {@code MLïR} in ISO-8859-1. */
  private static final byte[] MAGIC = {'M', 'L', (byte) 0xEF, 'R'};

  private Bytecode() {}

  /** Whether a file is MLIR's bytecode, by the letters that it begins with. */
  public static boolean isBytecode(byte[] content) {
    return startsWith(content, MAGIC);
  }

  static boolean startsWith(byte[] content, byte[] prefix) {
    return content.length >= prefix.length
        && Arrays.equals(content, 0, prefix.length, prefix, 0, prefix.length);
  }
}
