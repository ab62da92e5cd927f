package org.hlo4j.internal.mlir.text;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Recognizes MLIR bytecode, and bytecode that a build damaged by treating it as text. */
public final class Bytecode {
  /** The letters {@code MLïR} in ISO-8859-1. */
  private static final byte[] MAGIC = {'M', 'L', (byte) 0xEF, 'R'};

  /**
   * What becomes of these letters, which are not UTF-8, when they are read as text and written
   * again: the third is replaced, in UTF-8 by U+FFFD, and elsewhere by a question mark.
   */
  private static final List<byte[]> FILTERED =
      List.of(
          new byte[] {'M', 'L', (byte) 0xEF, (byte) 0xBF, (byte) 0xBD, 'R'},
          new byte[] {'M', 'L', '?', 'R'});

  private Bytecode() {}

  /** Whether a file is MLIR's bytecode, by the letters that it begins with. */
  public static boolean isBytecode(byte[] content) {
    return startsWith(content, MAGIC);
  }

  /** Why a file is none any more, if it was bytecode once: the end of a sentence about it. */
  public static Optional<String> filtered(byte[] content) {
    return FILTERED.stream().anyMatch(letters -> startsWith(content, letters))
        ? Optional.of(
            "was filtered as text, which destroyed it; exclude it from resource"
                + " filtering (in Maven, by nonFilteredFileExtensions of maven-resources-plugin)")
        : Optional.empty();
  }

  /**
   * Why a file cannot be the bytecode that was exported, if that shows: it was filtered, or its
   * sections do not fill it, as when something was inserted or cut off. XLA may accept what does
   * not show.
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
