package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Converts nested arrays, with one level for each dimension, such as {@code float[][]} for a
 * matrix. The innermost arrays of a complex tensor hold two values for each element.
 */
final class NestedArrays {
  private final Shape shape;
  private final long rowBytes;

  private NestedArrays(Shape shape) {
    this.shape = shape;
    this.rowBytes =
        Math.multiplyExact(
            shape.dimension(shape.rank() - 1), (long) shape.elementType().hostBytes());
  }

  /** Whether a type is that of arrays of arrays. */
  static boolean isNested(Class<?> type) {
    return type.isArray() && !type.getComponentType().isPrimitive();
  }

  /**
   * Checks that arrays of a type can have a shape's elements.
   *
   * @throws ArgumentException if they are not as deep as the shape, cannot carry such elements, or
   *     are never that long
   */
  static void checkType(Shape shape, Class<?> type) {
    int depth = 0;
    Class<?> leaf = type;
    while (isNested(leaf)) {
      leaf = leaf.getComponentType();
      depth++;
    }
    if (!leaf.isArray() || depth + 1 != shape.rank()) {
      throw new ArgumentException(
          "%s has %s dimensions and goes with a flat array, or one of that depth, not with a %s"
              .formatted(shape, shape.rank(), type.getSimpleName()));
    }
    ElementType element = shape.elementType();
    for (long dimension : shape.dimensions()) {
      // The innermost arrays are the longest that there are; empty ones in between cost nothing.
      FlatArrays.checkType(Shape.of(element, dimension), leaf);
    }
  }

  /**
   * Checks that arrays have just a shape's elements.
   *
   * @throws ArgumentException with the place of what is missing, too long, too short or of another
   *     type
   */
  static void check(Shape shape, Object[] rows) {
    if (shape.rank() < 2) {
      throw new ArgumentException(
          "%s goes with a %s, not with a %s"
              .formatted(shape, Carrier.namesFor(shape), rows.getClass().getSimpleName()));
    }
    new NestedArrays(shape).check(rows, 0, "");
  }

  private void check(@Nullable Object level, int dimension, String path) {
    if (level == null) {
      throw problem(path, "is null");
    }
    boolean innermost = dimension == shape.rank() - 1;
    if (innermost) {
      Carrier carrier = Carrier.ofArray(level.getClass());
      if (carrier == null || !Carrier.of(shape.elementType()).contains(carrier)) {
        throw problem(
            path,
            "is a %s, not a %s"
                .formatted(level.getClass().getSimpleName(), Carrier.namesFor(shape)));
      }
    } else if (!(level instanceof Object[])) {
      throw problem(
          path,
          "is a %s, which lacks %s levels"
              .formatted(level.getClass().getSimpleName(), shape.rank() - 1 - dimension));
    }
    long expected =
        shape.dimension(dimension) * (innermost ? Carrier.perElement(shape.elementType()) : 1);
    if (Array.getLength(level) != expected) {
      throw problem(path, "has length %s, not %s".formatted(Array.getLength(level), expected));
    }
    if (level instanceof Object[] rows) {
      for (int i = 0; i < rows.length; i++) {
        check(rows[i], dimension + 1, path + "[" + i + "]");
      }
    }
  }

  private ArgumentException problem(String path, String what) {
    return new ArgumentException(
        "%s: the array%s %s".formatted(shape, path.isEmpty() ? "" : " at " + path, what));
  }

  /** Writes arrays that were checked into memory of the shape's size. */
  static void write(Shape shape, Object[] rows, MemorySegment target) {
    NestedArrays nested = new NestedArrays(shape);
    nested.walk(
        rows,
        0,
        0,
        (row, offset) ->
            ArrayConversion.write(
                shape.elementType(), row, target.asSlice(offset, nested.rowBytes)));
  }

  /** Reads memory of a shape into arrays that were checked. */
  static void read(Shape shape, MemorySegment source, Object[] rows) {
    NestedArrays nested = new NestedArrays(shape);
    nested.walk(
        rows,
        0,
        0,
        (row, offset) ->
            ArrayConversion.read(
                shape.elementType(), source.asSlice(offset, nested.rowBytes), row));
  }

  /** Reads memory of a shape into new arrays of a type that was checked. */
  static <A> A read(Shape shape, Class<A> type, MemorySegment source) {
    int[] lengths = new int[shape.rank()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = Math.toIntExact(shape.dimension(i));
    }
    lengths[lengths.length - 1] *= Carrier.perElement(shape.elementType());
    Class<?> leaf = type;
    while (leaf.isArray()) {
      leaf = leaf.getComponentType();
    }
    A rows = type.cast(Array.newInstance(leaf, lengths));
    read(shape, source, (Object[]) rows);
    return rows;
  }

  private interface RowAction {
    void run(Object row, long offset);
  }

  /** Answers the offset behind what was walked. */
  private long walk(Object level, int dimension, long offset, RowAction action) {
    if (dimension == shape.rank() - 1) {
      action.run(level, offset);
      return offset + rowBytes;
    }
    long next = offset;
    for (Object row : (Object[]) level) {
      next = walk(row, dimension + 1, next, action);
    }
    return next;
  }
}
