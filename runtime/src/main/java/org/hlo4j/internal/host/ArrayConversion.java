package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import org.hlo4j.type.ElementType;

/** Copies flat arrays to and from the bytes of elements, in native byte order. */
final class ArrayConversion {
  private ArrayConversion() {}

  /** Copies an array of an accepted type into memory of exactly its size. */
  static void write(ElementType type, Object array, MemorySegment target) {
    if (array instanceof boolean[] values) {
      for (int i = 0; i < values.length; i++) {
        target.set(ValueLayout.JAVA_BYTE, i, (byte) (values[i] ? 1 : 0));
      }
    } else if (array instanceof float[] values && FloatCodec.isNarrow(type)) {
      round(type, values, target);
    } else {
      MemorySegment.copy(array, 0, target, layoutOf(array), 0, Array.getLength(array));
    }
  }

  private static void round(ElementType type, float[] values, MemorySegment target) {
    FloatCodec codec = FloatCodec.of(type);
    if (type == ElementType.F16) {
      // The processor's instruction differs only in NaN payloads.
      for (int i = 0; i < values.length; i++) {
        target.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, Float.floatToFloat16(values[i]));
      }
    } else if (type == ElementType.BF16) {
      for (int i = 0; i < values.length; i++) {
        target.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, upperHalf(codec, values[i]));
      }
    } else {
      for (int i = 0; i < values.length; i++) {
        target.set(ValueLayout.JAVA_BYTE, i, (byte) codec.encode(values[i]));
      }
    }
  }

  /** Returns the upper half of a float, which is a bfloat16, rounded by a few instructions. */
  private static short upperHalf(FloatCodec codec, float value) {
    int bits = Float.floatToRawIntBits(value);
    return Float.isNaN(value)
        ? (short) codec.encode(value)
        : (short) ((bits + 0x7FFF + ((bits >>> Short.SIZE) & 1)) >>> Short.SIZE);
  }

  /** Fills an array that carries the elements from memory of exactly its size. */
  static void read(ElementType type, MemorySegment source, Object array) {
    if (array instanceof boolean[] values) {
      for (int i = 0; i < values.length; i++) {
        values[i] = source.get(ValueLayout.JAVA_BYTE, i) != 0;
      }
    } else if (array instanceof float[] values && FloatCodec.isNarrow(type)) {
      widen(type, source, values);
    } else {
      MemorySegment.copy(source, layoutOf(array), 0, array, 0, Array.getLength(array));
      if (array instanceof byte[] bytes && StoredBytes.areNarrowIntegers(type)) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = StoredBytes.valueOf(type, bytes[i]);
        }
      }
    }
  }

  private static void widen(ElementType type, MemorySegment source, float[] values) {
    FloatCodec codec = FloatCodec.of(type);
    if (type == ElementType.F16) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.float16ToFloat(source.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i));
      }
    } else if (type == ElementType.BF16) {
      for (int i = 0; i < values.length; i++) {
        values[i] =
            Float.intBitsToFloat(
                source.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i) << Short.SIZE);
      }
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = codec.decode(source.get(ValueLayout.JAVA_BYTE, i));
      }
    }
  }

  private static ValueLayout layoutOf(Object array) {
    Carrier carrier = Carrier.ofArray(array.getClass());
    if (carrier == null) {
      throw new AssertionError("unchecked array type " + array.getClass());
    }
    return carrier.layout();
  }
}
