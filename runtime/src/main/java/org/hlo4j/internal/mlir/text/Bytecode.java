package org.hlo4j.internal.mlir.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Recognizes MLIR bytecode, and bytecode that a build damaged by treating it as text. */
public final class Bytecode {
  /** The letters {@code MLïR} in ISO-8859-1. */
  private static final byte[] MAGIC = {'M', 'L', (byte) 0xEF, 'R'};

  /**
   * The forms of these letters, which are not UTF-8, after decoding and encoding as text: the third
   * one is replaced, in UTF-8 by U+FFFD, and elsewhere by a question mark.
   */
  private static final List<byte[]> FILTERED =
      List.of(
          new byte[] {'M', 'L', (byte) 0xEF, (byte) 0xBF, (byte) 0xBD, 'R'},
          new byte[] {'M', 'L', '?', 'R'});

  private Bytecode() {}

  /** Returns whether a file is MLIR bytecode, by its magic number. */
  public static boolean isBytecode(byte[] content) {
    return startsWith(content, MAGIC);
  }

  /** Returns why former bytecode is damaged, as a predicate; empty for other files. */
  public static Optional<String> filtered(byte[] content) {
    return FILTERED.stream().anyMatch(letters -> startsWith(content, letters))
        ? Optional.of(
            "was filtered as text, which destroyed it; exclude it from resource"
                + " filtering (in Maven, by nonFilteredFileExtensions of maven-resources-plugin)")
        : Optional.empty();
  }

  /**
   * Returns why bytecode is damaged, if detectable: it was filtered, or its sections do not fill
   * the file, as after an insertion or truncation. XLA may accept undetected damage.
   */
  public static Optional<String> damage(byte[] content) {
    Optional<String> filtered = filtered(content);
    if (filtered.isPresent() || !isBytecode(content)) {
      return filtered;
    }
    return BytecodeSections.fill(content, MAGIC.length)
        ? Optional.empty()
        : Optional.of(
            "is damaged: its sections do not fill the file. It was truncated or converted as"
                + " text; copy the export again, and exclude it from text conversion");
  }

  public static boolean startsWith(byte[] content, byte[] prefix) {
    return content.length >= prefix.length
        && Arrays.equals(content, 0, prefix.length, prefix, 0, prefix.length);
  }
}
