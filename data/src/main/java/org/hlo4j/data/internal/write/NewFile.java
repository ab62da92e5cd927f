package org.hlo4j.data.internal.write;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes temporary files and renames them when complete: a file that others have mapped must not be
 * modified in place.
 */
public final class NewFile {
  /** Writes the contents of a file. */
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private static final int CHUNK = 1 << 16;

  private NewFile() {}

  public static void write(Path path, Body body) throws IOException {
    Path part = path.resolveSibling(".%s.%s.part".formatted(path.getFileName(), UUID.randomUUID()));
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              CHUNK)) {
        body.writeTo(out);
      }
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  static void write(OutputStream out, MemorySegment elements) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, elements.byteSize())];
    for (long at = 0; at < elements.byteSize(); at += chunk.length) {
      int length = (int) Math.min(chunk.length, elements.byteSize() - at);
      MemorySegment.copy(elements, ValueLayout.JAVA_BYTE, at, chunk, 0, length);
      out.write(chunk, 0, length);
    }
  }
}
