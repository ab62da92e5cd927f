package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.ElementType.Kind;
import org.hlo4j.type.Shape;

/**
 * Checks elements that use fewer bits than their byte in memory. PJRT ignores the upper bits, and
 * accepts any byte as a boolean.
 */
public final class StoredBytes {
  private StoredBytes() {}

  /** Returns whether a type's elements are integers of 2 and 4 bits. */
  static boolean areNarrowIntegers(ElementType type) {
    return type.isInteger() && type.bits() < Byte.SIZE;
  }

  /**
   * Returns the value in the low bits of a byte: PJRT ignores the upper bits, and returns zeros.
   */
  static byte valueOf(ElementType type, byte low) {
    int unused = Byte.SIZE - type.bits();
    int top = (low << unused) & 0xFF;
    return (byte) (type.kind() == Kind.SIGNED ? (byte) top >> unused : top >>> unused);
  }

  /**
   * Checks that each byte is the value of an element of the shape's type.
   *
   * @throws ArgumentException with the value and its index, if one is not
   */
  static void checkValues(Shape shape, MemorySegment elements) {
    check(shape, elements, false);
  }

  /**
   * Checks that each byte is an element of the shape's type: its value, or its zero-extended bits,
   * as other software writes negative values.
   *
   * @throws ArgumentException with the value and its index, if one is not
   */
  public static void checkBits(Shape shape, MemorySegment elements) {
    check(shape, elements, true);
  }

  private static void check(Shape shape, MemorySegment elements, boolean bitsWillDo) {
    ElementType type = shape.elementType();
    if (type.bits() >= Byte.SIZE) {
      return;
    }
    int above = bitsWillDo ? -1 << type.bits() : -1;
    for (long i = 0; i < elements.byteSize(); i++) {
      byte value = elements.get(ValueLayout.JAVA_BYTE, i);
      if (valueOf(type, value) != value && (value & above) != 0) {
        throw new ArgumentException(
            "%s cannot hold %s, which is element %s".formatted(shape, value, i));
      }
    }
  }

  /** Converts bytes from PJRT to values. */
  public static void normalize(Shape shape, MemorySegment elements) {
    ElementType type = shape.elementType();
    if (!areNarrowIntegers(type)) {
      return;
    }
    for (long i = 0; i < elements.byteSize(); i++) {
      byte low = elements.get(ValueLayout.JAVA_BYTE, i);
      elements.set(ValueLayout.JAVA_BYTE, i, valueOf(type, low));
    }
  }
}
