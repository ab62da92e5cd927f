package org.hlo4j.data.internal.element;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Four-bit elements, which safetensors packs in pairs, the first in the low half of a byte. */
public final class Nibbles {
  private static final int BITS = 4;
  private static final int MASK = 0xF;

  private Nibbles() {}

  /** Returns one byte per element, as on the host. */
  public static MemorySegment unpack(MemorySegment packed) {
    MemorySegment elements = NativeCopy.allocate(packed.byteSize() * 2);
    for (long i = 0; i < packed.byteSize(); i++) {
      byte pair = packed.get(ValueLayout.JAVA_BYTE, i);
      elements.set(ValueLayout.JAVA_BYTE, 2 * i, (byte) (pair & MASK));
      elements.set(ValueLayout.JAVA_BYTE, 2 * i + 1, (byte) ((pair >> BITS) & MASK));
    }
    return elements;
  }

  /** Returns an even number of elements in pairs. */
  public static MemorySegment pack(MemorySegment elements) {
    MemorySegment packed = NativeCopy.allocate(elements.byteSize() / 2);
    for (long i = 0; i < packed.byteSize(); i++) {
      int low = elements.get(ValueLayout.JAVA_BYTE, 2 * i) & MASK;
      int high = elements.get(ValueLayout.JAVA_BYTE, 2 * i + 1) & MASK;
      packed.set(ValueLayout.JAVA_BYTE, i, (byte) (high << BITS | low));
    }
    return packed;
  }
}
