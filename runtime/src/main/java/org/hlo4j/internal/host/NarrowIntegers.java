package org.hlo4j.internal.host;

import org.hlo4j.type.ElementType;

/**
 * Extends the sign of integers of 2 and 4 bits, each of which takes a byte on the host. PJRT
 * ignores the upper bits of its input, and returns zeros in them.
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

  private static boolean isSigned(ElementType type) {
    return type == ElementType.I2 || type == ElementType.I4;
  }
}
