package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A nested array with one level per dimension, such as {@code float[][]} for a matrix. The
 * innermost arrays of a complex tensor hold two values per element.
 */
final class NestedArray extends HostData {
  private final Object[] rows;

  NestedArray(Shape shape, Object[] rows) {
    super(shape);
    this.rows = rows;
  }

  static boolean isNested(Class<?> type) {
    return type.isArray() && !type.getComponentType().isPrimitive();
  }

  /**
   * Checks that arrays of a type can hold a shape's elements.
   *
   * @throws ArgumentException if their depth differs from the rank, they cannot carry the element
   *     type, or cannot be that long
   */
  static void checkArrayType(Shape shape, Class<?> type) {
    int depth = 0;
    Class<?> leaf = type;
    while (isNested(leaf)) {
      leaf = leaf.getComponentType();
      depth++;
    }
    if (!leaf.isArray() || depth + 1 != shape.rank()) {
      throw new ArgumentException(
          "%s has %s dimensions and requires a flat array, or one of that depth, not a %s"
              .formatted(shape, shape.rank(), type.getSimpleName()));
    }
    ElementType element = shape.elementType();
    for (long dimension : shape.dimensions()) {
      // Only the innermost arrays can be too long; empty ones in between cost nothing.
      FlatArray.checkArrayType(Shape.of(element, dimension), leaf);
    }
  }

  /** Throws if an array is null or of the wrong length or type, and names its position. */
  @Override
  void check() {
    if (shape.rank() < 2) {
      throw FlatArray.wrongType(shape, rows.getClass());
    }
    check(rows, 0, "");
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
    if (level instanceof Object[] parts) {
      for (int i = 0; i < parts.length; i++) {
        check(parts[i], dimension + 1, path + "[" + i + "]");
      }
    }
  }

  private ArgumentException problem(String path, String what) {
    return new ArgumentException(
        "%s: the array%s %s".formatted(shape, path.isEmpty() ? "" : " at " + path, what));
  }

  @Override
  void copyTo(MemorySegment target) {
    walk(
        (row, offset, bytes) ->
            ArrayConversion.write(shape.elementType(), row, target.asSlice(offset, bytes)));
  }

  @Override
  void copyFrom(MemorySegment source) {
    walk(
        (row, offset, bytes) ->
            ArrayConversion.read(shape.elementType(), source.asSlice(offset, bytes), row));
  }

  static <A> A readNew(Shape shape, Class<A> type, MemorySegment source) {
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
    new NestedArray(shape, (Object[]) rows).copyFrom(source);
    return rows;
  }

  /** An action on an innermost array, whose elements begin at an offset of the memory. */
  private interface RowAction {
    void run(Object row, long offset, long bytes);
  }

  private void walk(RowAction action) {
    long rowBytes =
        Math.multiplyExact(
            shape.dimension(shape.rank() - 1), (long) shape.elementType().hostBytes());
    walk(rows, 0, 0, rowBytes, action);
  }

  /** Returns the offset after the visited elements. */
  private long walk(Object level, int dimension, long offset, long rowBytes, RowAction action) {
    if (dimension == shape.rank() - 1) {
      action.run(level, offset, rowBytes);
      return offset + rowBytes;
    }
    long next = offset;
    for (Object part : (Object[]) level) {
      next = walk(part, dimension + 1, next, rowBytes, action);
    }
    return next;
  }
}
