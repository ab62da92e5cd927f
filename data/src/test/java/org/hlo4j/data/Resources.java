package org.hlo4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hlo4j.data.internal.element.NativeCopy;

/** The files that Python wrote. */
final class Resources {
  private Resources() {}

  static byte[] python(String file) {
    try (InputStream stream = Resources.class.getResourceAsStream("python/" + file)) {
      if (stream == null) {
        throw new AssertionError("there is no " + file);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(String file) {
    return new String(python(file), StandardCharsets.UTF_8).lines().toList();
  }

  static TensorFile open(String file) {
    return open(file, python(file));
  }

  /** Opens bytes in native memory, as a mapped file's are. */
  static TensorFile open(String name, byte[] bytes) {
    MemorySegment heap = MemorySegment.ofArray(bytes);
    return TensorFile.of(name, NativeCopy.allocate(bytes.length).copyFrom(heap));
  }
}
