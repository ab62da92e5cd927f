package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;

/**
 * A Java object with the elements of a tensor, row-major: a flat or nested array of primitives, a
 * boxed primitive for a scalar, a {@code java.nio} buffer, or a memory segment.
 */
public abstract sealed class HostData permits FlatArray, NestedArray, HostBuffer, HostSegment {
  final Shape shape;

  HostData(Shape shape) {
    this.shape = shape;
  }

  /**
   * Returns data to write to a device.
   *
   * @throws ArgumentException if it does not have exactly the shape's elements
   */
  public static HostData source(Shape shape, Object data) {
    HostData source = of(shape, data);
    source.check();
    return source;
  }

  private static HostData of(Shape shape, Object data) {
    return switch (data) {
      case MemorySegment memory -> new HostSegment(shape, memory);
      case Buffer buffer -> new HostBuffer(shape, buffer);
      case Object[] rows -> new NestedArray(shape, rows);
      default -> {
        Object single = BoxedScalar.arrayOf(data);
        yield single == null ? new FlatArray(shape, data) : new BoxedScalar(shape, data, single);
      }
    };
  }

  public final Shape shape() {
    return shape;
  }

  /** Throws {@link ArgumentException} unless the data has exactly the elements. */
  abstract void check();

  /** Like {@link #check}, but also throws if the data is read-only. */
  void checkTarget() {
    check();
  }

  /** Copies the elements, without checks, into memory of the shape's size. */
  abstract void copyTo(MemorySegment target);

  abstract void copyFrom(MemorySegment source);

  /**
   * Writes the elements into memory of the shape's size.
   *
   * @throws ArgumentException if a value is out of the element type's range
   */
  public void write(MemorySegment target) {
    copyTo(target);
    StoredBytes.checkValues(shape, target);
  }

  /** Returns the default type of flat arrays for a shape's elements. */
  public static Class<?> arrayTypeOf(Shape shape) {
    return Carrier.of(shape.elementType()).get(0).arrayType();
  }

  /**
   * Checks that arrays of a type, flat or nested, can hold a shape's elements.
   *
   * @throws ArgumentException if not
   */
  public static void checkType(Shape shape, Class<?> arrayType) {
    if (NestedArray.isNested(arrayType)) {
      NestedArray.checkArrayType(shape, arrayType);
    } else {
      FlatArray.checkArrayType(shape, arrayType);
    }
  }

  /** Reads memory of a shape into a new array of a checked type. */
  public static <A> A read(Shape shape, Class<A> arrayType, MemorySegment source) {
    return NestedArray.isNested(arrayType)
        ? NestedArray.readNew(shape, arrayType, source)
        : FlatArray.readNew(shape, arrayType, source);
  }

  /**
   * Checks that an array, buffer or segment is writable and has exactly the size of a shape.
   *
   * @throws ArgumentException if not
   */
  public static void checkTarget(Shape shape, Object target) {
    of(shape, target).checkTarget();
  }

  /**
   * Reads memory of a shape into a checked array, buffer or segment, and returns it. Segments
   * receive the bytes unchanged.
   */
  public static Object read(Shape shape, MemorySegment source, Object target) {
    of(shape, target).copyFrom(source);
    return target;
  }
}
