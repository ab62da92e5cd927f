package org.hlo4j.data;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/** The dimensions of a tensor in a file, all non-negative. */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record Dimensions(String file, long... sizes) {
  /** NumPy's limit. */
  private static final int MOST = 64;

  Dimensions {
    if (sizes.length > MOST) {
      throw new FileFormatException(
          file, "a tensor has %d dimensions; at most %d are allowed", sizes.length, MOST);
    }
    if (LongStream.of(sizes).anyMatch(size -> size < 0)) {
      throw new FileFormatException(
          file, "a tensor has a negative dimension: " + Arrays.toString(sizes));
    }
  }

  /** Returns the shape with an element type; rejects one that is too large. */
  Shape with(ElementType type) {
    try {
      return Shape.of(type, sizes);
    } catch (IllegalArgumentException e) {
      throw new FileFormatException(file, String.valueOf(e.getMessage()));
    }
  }

  /** Returns a text such as {@code 2x3}. */
  @Override
  public String toString() {
    return sizes.length == 0
        ? "a scalar"
        : LongStream.of(sizes).mapToObj(Long::toString).collect(Collectors.joining("x"));
  }
}
