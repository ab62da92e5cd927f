package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import java.util.List;
import java.util.stream.Collectors;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/** Java's arrays of primitives as tensors, row-major, in the machine's byte order. */
public final class HostArrays {
  private HostArrays() {}

  /** The array types that hold elements of a type, the natural one first. */
  private static List<Class<?>> arrayTypesOf(ElementType type) {
    return switch (type) {
      case I1 -> List.of(boolean[].class);
      case I8, U8, I2, I4, U2, U4 -> List.of(byte[].class);
      case I16, U16 -> List.of(short[].class);
      case I32, U32 -> List.of(int[].class);
      case I64, U64 -> List.of(long[].class);
      case F16, BF16 -> List.of(float[].class, short[].class);
      case F32 -> List.of(float[].class);
      case F64 -> List.of(double[].class);
      default -> List.of();
    };
  }

  /** The natural array type for a shape's elements. */
  public static Class<?> arrayTypeOf(Shape shape) {
    List<Class<?>> types = arrayTypesOf(shape.elementType());
    if (types.isEmpty()) {
      throw new ArgumentException(shape + " has no array type in Java; use a MemorySegment");
    }
    return types.get(0);
  }

  /**
   * Checks that arrays of a type hold elements of a shape.
   *
   * @throws ArgumentException if not
   */
  public static void checkType(Shape shape, Class<?> arrayType) {
    List<Class<?>> types = arrayTypesOf(shape.elementType());
    if (!types.contains(arrayType)) {
      String allowed =
          types.isEmpty()
              ? "a MemorySegment"
              : types.stream().map(Class::getSimpleName).collect(Collectors.joining(" or a "));
      throw new ArgumentException(
          "%s goes with a %s, not with a %s".formatted(shape, allowed, arrayType.getSimpleName()));
    }
  }

  /**
   * Checks that an array has a shape's number of elements, of a type that holds them.
   *
   * @throws ArgumentException if not
   */
  public static void check(Shape shape, Object array) {
    checkType(shape, array.getClass());
    int length = Array.getLength(array);
    if (length != shape.elementCount()) {
      throw new ArgumentException(
          "%s takes %d elements, not the %d of this %s"
              .formatted(shape, shape.elementCount(), length, array.getClass().getSimpleName()));
    }
    if (array instanceof byte[] bytes && NarrowIntegers.isNarrow(shape.elementType())) {
      NarrowIntegers.check(shape, bytes);
    }
  }

  /** Writes an array that was checked into memory of the shape's size. */
  public static void write(Shape shape, Object array, MemorySegment target) {
    if (array instanceof float[] values) {
      writeFloats(shape.elementType(), values, target);
    } else if (array instanceof boolean[] values) {
      for (int i = 0; i < values.length; i++) {
        target.set(ValueLayout.JAVA_BYTE, i, (byte) (values[i] ? 1 : 0));
      }
    } else {
      ValueLayout layout = layoutOf(array);
      MemorySegment.copy(array, 0, target, layout, 0, Array.getLength(array));
    }
  }

  private static void writeFloats(ElementType type, float[] values, MemorySegment target) {
    switch (type) {
      case F16 -> {
        for (int i = 0; i < values.length; i++) {
          target.setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16(values[i]));
        }
      }
      case BF16 -> {
        for (int i = 0; i < values.length; i++) {
          target.setAtIndex(ValueLayout.JAVA_SHORT, i, SmallFloats.toBfloat16(values[i]));
        }
      }
      default -> MemorySegment.copy(values, 0, target, ValueLayout.JAVA_FLOAT, 0, values.length);
    }
  }

  /**
   * Reads memory of a shape into a new array.
   *
   * @param arrayType as {@link #checkType} allows it
   * @throws ArgumentException if there are more elements than a Java array can have
   */
  public static <A> A read(Shape shape, Class<A> arrayType, MemorySegment source) {
    if (shape.elementCount() > Integer.MAX_VALUE - 8) {
      throw new ArgumentException(shape + " has more elements than a Java array can hold");
    }
    int length = (int) shape.elementCount();
    A array = arrayType.cast(Array.newInstance(arrayType.getComponentType(), length));
    if (array instanceof float[] values) {
      readFloats(shape.elementType(), source, values);
    } else if (array instanceof boolean[] values) {
      for (int i = 0; i < length; i++) {
        values[i] = source.get(ValueLayout.JAVA_BYTE, i) != 0;
      }
    } else {
      MemorySegment.copy(source, layoutOf(array), 0, array, 0, length);
    }
    if (array instanceof byte[] bytes && NarrowIntegers.isNarrow(shape.elementType())) {
      for (int i = 0; i < length; i++) {
        bytes[i] = NarrowIntegers.valueOf(shape.elementType(), bytes[i]);
      }
    }
    return array;
  }

  private static void readFloats(ElementType type, MemorySegment source, float[] values) {
    switch (type) {
      case F16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.float16ToFloat(source.getAtIndex(ValueLayout.JAVA_SHORT, i));
        }
      }
      case BF16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = SmallFloats.fromBfloat16(source.getAtIndex(ValueLayout.JAVA_SHORT, i));
        }
      }
      default -> MemorySegment.copy(source, ValueLayout.JAVA_FLOAT, 0, values, 0, values.length);
    }
  }

  private static ValueLayout layoutOf(Object array) {
    if (array instanceof byte[]) {
      return ValueLayout.JAVA_BYTE;
    } else if (array instanceof short[]) {
      return ValueLayout.JAVA_SHORT;
    } else if (array instanceof int[]) {
      return ValueLayout.JAVA_INT;
    } else if (array instanceof long[]) {
      return ValueLayout.JAVA_LONG;
    } else if (array instanceof double[]) {
      return ValueLayout.JAVA_DOUBLE;
    }
    throw new AssertionError("unchecked array type " + array.getClass());
  }
}
