package org.hlo4j.internal.host;

import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/**
 * Integers of 2 and 4 bits, which take a byte each on the host. PJRT reads their low bits and
 * answers with zeros above them; Java wants the sign.
 */
final class NarrowIntegers {
  private NarrowIntegers() {}

  static boolean isNarrow(ElementType type) {
    return switch (type) {
      case I2, I4, U2, U4 -> true;
      default -> false;
    };
  }

  /** The value in the low bits of a byte. */
  static byte valueOf(ElementType type, byte low) {
    int unused = Byte.SIZE - type.bits();
    int top = (low << unused) & 0xFF;
    return (byte) (isSigned(type) ? (byte) top >> unused : top >>> unused);
  }

  /**
   * Checks that each byte is a value of the shape's type.
   *
   * @throws ArgumentException if one is not
   */
  static void check(Shape shape, byte[] values) {
    for (int i = 0; i < values.length; i++) {
      if (valueOf(shape.elementType(), values[i]) != values[i]) {
        throw new ArgumentException(
            "%s cannot hold %d, which is element %d".formatted(shape, values[i], i));
      }
    }
  }

  private static boolean isSigned(ElementType type) {
    return type == ElementType.I2 || type == ElementType.I4;
  }
}
