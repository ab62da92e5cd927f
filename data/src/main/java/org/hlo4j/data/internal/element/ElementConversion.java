package org.hlo4j.data.internal.element;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.hlo4j.HostTensor;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.ElementType.Kind;
import org.hlo4j.type.FloatFormat;
import org.hlo4j.type.Shape;

/**
 * Converts elements to another type: integers exactly, others to nearest, ties to even. Numbers out
 * of the target's range are rejected.
 *
 * @param name the tensor's name, for messages
 */
public record ElementConversion(String name, ElementType from, ElementType to) {
  /** The number of elements per chunk, which bounds temporary memory. */
  private static final int CHUNK = 1 << 16;

  /** Returns whether there is a conversion; there is none from floats to integers. */
  public static boolean isPossible(ElementType from, ElementType to) {
    return (from.isInteger() && (to.isInteger() || isFloat(to))) || (isFloat(from) && isFloat(to));
  }

  /** Returns whether a type has fractional floats; scales and four-bit floats are codes. */
  private static boolean isFloat(ElementType type) {
    FloatFormat format = type.floatFormat();
    return format != null && format.mantissaBits() > 0 && format.bits() >= Byte.SIZE;
  }

  /**
   * Converts elements.
   *
   * @throws ArgumentException if a number is out of the target's range
   */
  public MemorySegment convert(MemorySegment source) {
    long count = source.byteSize() / from.hostBytes();
    MemorySegment target = NativeCopy.allocate(count * to.hostBytes());
    for (long done = 0; done < count; done += CHUNK) {
      int size = (int) Math.min(CHUNK, count - done);
      MemorySegment some = source.asSlice(done * from.hostBytes(), (long) size * from.hostBytes());
      MemorySegment place = target.asSlice(done * to.hostBytes(), (long) size * to.hostBytes());
      if (from.isInteger() && to.isInteger()) {
        convertIntegers(some, place, size, done);
      } else {
        convertFloats(some, place, size, done);
      }
    }
    return target;
  }

  private void convertIntegers(MemorySegment source, MemorySegment target, int size, long done) {
    for (int i = 0; i < size; i++) {
      long value = integer(source, from, i);
      write(target, i, value);
      boolean isSame = integer(target, to, i) == value;
      // If the sign bit has another meaning, equal bits are different numbers.
      boolean isBeyond = value < 0 && (from == ElementType.U64) != (to == ElementType.U64);
      if (!isSame || isBeyond) {
        String text = from == ElementType.U64 ? Long.toUnsignedString(value) : Long.toString(value);
        throw beyond(text, done + i);
      }
    }
  }

  private static long integer(MemorySegment memory, ElementType type, long index) {
    long value =
        switch (type.hostBytes()) {
          case Byte.BYTES -> memory.get(ValueLayout.JAVA_BYTE, index);
          case Short.BYTES -> memory.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, index);
          case Integer.BYTES -> memory.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, index);
          default -> memory.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, index);
        };
    int unused = Long.SIZE - type.bits();
    return type.kind() == Kind.UNSIGNED ? value << unused >>> unused : value << unused >> unused;
  }

  private void write(MemorySegment target, long index, long value) {
    switch (to.hostBytes()) {
      case Byte.BYTES -> target.set(ValueLayout.JAVA_BYTE, index, (byte) value);
      case Short.BYTES -> target.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, index, (short) value);
      case Integer.BYTES -> target.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, index, (int) value);
      default -> target.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, index, value);
    }
  }

  private void convertFloats(MemorySegment source, MemorySegment target, int size, long done) {
    double[] values = doubles(source, from, size);
    Object rounded = to == ElementType.F64 ? values : floats(values);
    try (HostTensor<?> written = HostTensor.allocate(Shape.of(to, size)).set(rounded)) {
      target.copyFrom(written.segment());
    }
    double[] results = doubles(target, to, size);
    for (int i = 0; i < size; i++) {
      if (Double.isFinite(values[i]) && !Double.isFinite(results[i])) {
        throw beyond(Double.toString(values[i]), done + i);
      }
    }
  }

  private double[] doubles(MemorySegment source, ElementType type, int size) {
    double[] values = new double[size];
    if (type.isInteger()) {
      for (int i = 0; i < size; i++) {
        values[i] = nearest(integer(source, type, i), type);
      }
      return values;
    }
    try (HostTensor<?> read = HostTensor.allocate(Shape.of(type, size)).set(source)) {
      if (type == ElementType.F64) {
        return read.toArray(double[].class);
      }
      float[] floats = read.toArray(float[].class);
      for (int i = 0; i < size; i++) {
        values[i] = floats[i];
      }
      return values;
    }
  }

  /** Returns an integer as a double that rounds to the same number of the target. */
  private double nearest(long value, ElementType type) {
    boolean isUnsigned = type == ElementType.U64 && value < 0;
    if (to == ElementType.F64) {
      return isUnsigned ? (double) ((value >>> 1) | (value & 1)) * 2 : value;
    }
    // Bits beyond a float's precision only matter as a sticky bit.
    long kept = isUnsigned ? (value >>> 1) | (value & 1) : value;
    long low = (1L << 11) - 1;
    boolean isLong = Math.abs(kept) >= 1L << 53;
    long sticky = isLong && (kept & low) != 0 ? (kept & ~low) | (1L << 11) : kept;
    return isUnsigned ? (double) sticky * 2 : sticky;
  }

  /**
   * Returns floats that round to the same narrower numbers as the doubles: lost precision is
   * recorded in a float's last bit, to avoid double rounding at ties.
   */
  private float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      float near = (float) values[i];
      boolean isExact = near == values[i] || Double.isNaN(values[i]);
      floats[i] = to == ElementType.F32 || isExact ? near : odd(near, values[i]);
    }
    return floats;
  }

  private static float odd(float near, double value) {
    int bits = Float.floatToRawIntBits(near);
    boolean isAway = Math.abs((double) near) > Math.abs(value);
    return Float.intBitsToFloat((isAway ? bits - 1 : bits) | 1);
  }

  private ArgumentException beyond(String value, long index) {
    return new ArgumentException(
        "%s cannot be converted from %s to %s: %s, at element %s, is out of range"
            .formatted(name, from, to, value, index));
  }
}
