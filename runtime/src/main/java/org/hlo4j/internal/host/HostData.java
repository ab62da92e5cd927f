package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.util.Locale;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.Shape;

/**
 * Converts the elements of a tensor from and to Java: flat or nested arrays of primitives, a boxed
 * primitive for a scalar, buffers of {@code java.nio}, and memory segments, all row-major.
 */
public final class HostData {
  private HostData() {}

  /** The natural type of flat arrays for a shape's elements. */
  public static Class<?> arrayTypeOf(Shape shape) {
    return Carrier.of(shape.elementType()).get(0).arrayType();
  }

  /**
   * Checks that arrays of a type, flat or nested, can have a shape's elements.
   *
   * @throws ArgumentException if not
   */
  public static void checkType(Shape shape, Class<?> arrayType) {
    if (NestedArrays.isNested(arrayType)) {
      NestedArrays.checkType(shape, arrayType);
    } else {
      FlatArrays.checkType(shape, arrayType);
    }
  }

  /**
   * Checks that data has just a shape's elements.
   *
   * @throws ArgumentException if not
   */
  public static void check(Shape shape, Object data) {
    switch (data) {
      case MemorySegment memory -> checkSize(shape, memory);
      case Buffer buffer -> HostBuffers.check(shape, buffer);
      case Object[] rows -> NestedArrays.check(shape, rows);
      default -> {
        Object single = Scalars.arrayOf(data);
        if (single != null && shape.rank() != 0) {
          throw new ArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s takes %d elements, not a single %s",
                  shape,
                  shape.elementCount(),
                  data.getClass().getSimpleName()));
        }
        FlatArrays.check(shape, single == null ? data : single);
      }
    }
  }

  private static void checkSize(Shape shape, MemorySegment memory) {
    if (memory.byteSize() != shape.byteSize()) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %d bytes, not the %d of this MemorySegment",
              shape,
              shape.byteSize(),
              memory.byteSize()));
    }
  }

  /**
   * Writes data that was checked into memory of the shape's size.
   *
   * @throws ArgumentException if a value does not fit into the element type
   */
  public static void write(Shape shape, Object data, MemorySegment target) {
    switch (data) {
      case MemorySegment memory -> target.copyFrom(memory);
      case Buffer buffer -> HostBuffers.write(shape, buffer, target);
      case Object[] rows -> NestedArrays.write(shape, rows, target);
      default -> {
        Object single = Scalars.arrayOf(data);
        ArrayConversion.write(shape.elementType(), single == null ? data : single, target);
      }
    }
    if (data instanceof MemorySegment) {
      StoredBytes.checkBits(shape, target);
    } else {
      StoredBytes.checkValues(shape, target);
    }
  }

  /** Reads memory of a shape into a new array of a type that was checked. */
  public static <A> A read(Shape shape, Class<A> arrayType, MemorySegment source) {
    return NestedArrays.isNested(arrayType)
        ? NestedArrays.read(shape, arrayType, source)
        : FlatArrays.read(shape, arrayType, source);
  }

  /**
   * Checks that an array, a buffer or a segment can be written and has just the size for a shape.
   *
   * @throws ArgumentException if not
   */
  public static void checkTarget(Shape shape, Object target) {
    switch (target) {
      case MemorySegment memory -> {
        if (memory.byteSize() != shape.byteSize() || memory.isReadOnly()) {
          throw new ArgumentException(
              String.format(
                  Locale.ROOT,
                  "%s needs %d bytes that can be written; this MemorySegment has %d%s",
                  shape,
                  shape.byteSize(),
                  memory.byteSize(),
                  memory.isReadOnly() ? ", read-only" : ""));
        }
      }
      case Buffer buffer -> HostBuffers.checkTarget(shape, buffer);
      case Object[] rows -> NestedArrays.check(shape, rows);
      default -> FlatArrays.check(shape, target);
    }
  }

  /**
   * Reads memory of a shape into an array, a buffer or a segment that was checked. A segment gets
   * the bytes as they are.
   */
  public static void read(Shape shape, MemorySegment source, Object target) {
    switch (target) {
      case MemorySegment memory -> memory.copyFrom(source);
      case Buffer buffer -> HostBuffers.read(shape, source, buffer);
      case Object[] rows -> NestedArrays.read(shape, source, rows);
      default -> ArrayConversion.read(shape.elementType(), source, target);
    }
  }
}
