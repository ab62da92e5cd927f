package org.hlo4j.internal.host;

import org.hlo4j.type.ElementType;
import org.hlo4j.type.ElementType.Kind;

/**
 * Extends the sign of integers of 2 and 4 bits, each of which takes a byte on the host. PJRT
 * ignores the upper bits of its input, and returns zeros in them.
 */
final class NarrowIntegers {
  private NarrowIntegers() {}

  static boolean isNarrow(ElementType type) {
    return type.isInteger() && type.bits() < Byte.SIZE;
  }

  /** The value in the low bits of a byte. */
  static byte valueOf(ElementType type, byte low) {
    int unused = Byte.SIZE - type.bits();
    int top = (low << unused) & 0xFF;
    return (byte) (type.kind() == Kind.SIGNED ? (byte) top >> unused : top >>> unused);
  }
}
