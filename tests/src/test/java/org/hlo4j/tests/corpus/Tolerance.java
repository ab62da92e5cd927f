package org.hlo4j.tests.corpus;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/**
 * Compares elements: floats within {@code absolute + relative * |wanted|}, where NaN equals NaN and
 * infinities are equal, and all others bit by bit.
 */
record Tolerance(double relative, double absolute) {

  /** The first difference, or an empty text. */
  String difference(Shape shape, MemorySegment got, MemorySegment wanted) {
    if (got.byteSize() != wanted.byteSize()) {
      return String.format(Locale.ROOT, "%d bytes, not %d", got.byteSize(), wanted.byteSize());
    }
    ElementType type = shape.elementType();
    return switch (type) {
      case F16, BF16, F32, F64, C64, C128 -> floats(type, got, wanted);
      default -> {
        long at = got.mismatch(wanted);
        yield at < 0 ? "" : String.format(Locale.ROOT, "byte %d differs", at);
      }
    };
  }

  private String floats(ElementType type, MemorySegment got, MemorySegment wanted) {
    boolean complex = type == ElementType.C64 || type == ElementType.C128;
    long parts = got.byteSize() / (complex ? type.hostBytes() / 2 : type.hostBytes());
    for (long i = 0; i < parts; i++) {
      double g = part(type, got, i);
      double w = part(type, wanted, i);
      boolean equal =
          Double.isNaN(w)
              ? Double.isNaN(g)
              : g == w || Math.abs(g - w) <= absolute + relative * Math.abs(w);
      if (!equal) {
        return String.format(Locale.ROOT, "element %d is %s, not %s", i, g, w);
      }
    }
    return "";
  }

  private static double part(ElementType type, MemorySegment memory, long i) {
    return switch (type) {
      case F16 -> Float.float16ToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i));
      case BF16 ->
          Float.intBitsToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i) << 16);
      case F32, C64 -> memory.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
      default -> memory.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
    };
  }
}
