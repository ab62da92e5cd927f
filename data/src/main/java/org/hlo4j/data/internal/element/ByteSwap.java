package org.hlo4j.data.internal.element;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.hlo4j.type.ElementType;

/** Converts the byte order of numbers, in a copy. */
public final class ByteSwap {
  private ByteSwap() {}

  /** Returns the numbers in the machine's order; the same memory if they already are. */
  public static MemorySegment toNative(MemorySegment numbers, ElementType type, ByteOrder order) {
    int width = numberWidth(type);
    return width == 1 || order == ByteOrder.nativeOrder() ? numbers : swapped(numbers, width);
  }

  /** Returns the width of the numbers in an element: a complex element has two. */
  private static int numberWidth(ElementType type) {
    return switch (type) {
      case C64, C128 -> type.hostBytes() / 2;
      default -> type.hostBytes();
    };
  }

  private static MemorySegment swapped(MemorySegment numbers, int width) {
    ValueLayout layout = layout(width);
    ByteOrder other =
        ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
            ? ByteOrder.LITTLE_ENDIAN
            : ByteOrder.BIG_ENDIAN;
    MemorySegment copy = NativeCopy.allocate(numbers.byteSize());
    MemorySegment.copy(
        numbers, layout.withOrder(other), 0, copy, layout, 0, numbers.byteSize() / width);
    return copy;
  }

  private static ValueLayout layout(int width) {
    return switch (width) {
      case Short.BYTES -> ValueLayout.JAVA_SHORT_UNALIGNED;
      case Integer.BYTES -> ValueLayout.JAVA_INT_UNALIGNED;
      case Long.BYTES -> ValueLayout.JAVA_LONG_UNALIGNED;
      default -> throw new AssertionError("no number has " + width + " bytes");
    };
  }
}
