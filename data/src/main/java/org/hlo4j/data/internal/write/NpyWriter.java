package org.hlo4j.data.internal.write;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.hlo4j.data.internal.element.NativeCopy;
import org.hlo4j.data.internal.element.NpyTypes;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;

/** Writes NumPy's .npy: a header that ends at a multiple of 64, and the elements of one array. */
public record NpyWriter(Source source) implements NewFile.Body {
  private static final String MAGIC = "\u0093NUMPY\u0001\u0000";
  private static final int LENGTH_SIZE = 2;

  public static NpyWriter of(String file, List<Source> sources) {
    if (sources.size() != 1) {
      throw new ArgumentException(
          "%s holds one tensor, but %s were added; use .npz or .safetensors"
              .formatted(file, sources.size()));
    }
    return new NpyWriter(sources.get(0));
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(header(source.shape()));
    source.lendTo(elements -> NewFile.write(out, elements));
  }

  /** Returns everything before the elements. */
  static byte[] header(Shape shape) {
    String dimensions =
        LongStream.of(shape.dimensions())
            .mapToObj(size -> size + ",")
            .collect(Collectors.joining(" "));
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(NpyTypes.write(shape.elementType()), tuple(shape, dimensions));
    int bare = MAGIC.length() + LENGTH_SIZE + text.length() + 1;
    int length = text.length() + 1 + padding(bare);
    String padded = text + " ".repeat(length - text.length() - 1) + "\n";
    String lengthBytes = new String(new char[] {(char) (length & 0xFF), (char) (length >> 8)});
    return (MAGIC + lengthBytes + padded).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Returns a Python tuple; that of one element has a trailing comma. */
  private static String tuple(Shape shape, String dimensions) {
    return shape.rank() > 1 ? dimensions.substring(0, dimensions.length() - 1) : dimensions;
  }

  /** Returns the number of bytes to the next multiple of a device's alignment. */
  static int padding(long size) {
    return (int) (-size & (NativeCopy.ALIGNMENT - 1));
  }
}
