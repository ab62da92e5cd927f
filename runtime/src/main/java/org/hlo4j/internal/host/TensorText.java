package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/**
 * Writes a tensor's values as NumPy does: nested brackets, rows below each other, and the middle of
 * long dimensions left out when there are more than a thousand elements.
 */
public final class TensorText {
  private static final long WHOLE_UP_TO = 1000;
  private static final long EDGE = 3;

  private final Shape shape;
  private final MemorySegment memory;
  private final boolean summarize;
  private final StringBuilder out = new StringBuilder();

  private TensorText(Shape shape, MemorySegment memory) {
    this.shape = shape;
    this.memory = memory;
    this.summarize = shape.elementCount() > WHOLE_UP_TO;
  }

  /** The values of dense row-major memory. */
  public static String of(Shape shape, MemorySegment memory) {
    if (shape.elementCount() == 0) {
      return "[]";
    }
    TensorText text = new TensorText(shape, memory);
    text.write(0, 0);
    return text.out.toString();
  }

  private void write(int dimension, long start) {
    if (dimension == shape.rank()) {
      out.append(element(start));
      return;
    }
    long size = shape.dimension(dimension);
    long stride = strideBelow(dimension);
    boolean cut = summarize && size > 2 * EDGE;
    out.append('[');
    for (long i = 0; i < size; i++) {
      if (i > 0) {
        separate(dimension);
      }
      if (cut && i == EDGE) {
        out.append("...");
        i = size - EDGE - 1;
      } else {
        write(dimension + 1, start + i * stride);
      }
    }
    out.append(']');
  }

  private void separate(int dimension) {
    int deeper = shape.rank() - dimension - 1;
    out.append(',');
    if (deeper == 0) {
      out.append(' ');
    } else {
      out.append("\n".repeat(deeper)).append(" ".repeat(dimension + 1));
    }
  }

  private long strideBelow(int dimension) {
    long stride = 1;
    for (int d = dimension + 1; d < shape.rank(); d++) {
      stride *= shape.dimension(d);
    }
    return stride;
  }

  private String element(long i) {
    ElementType type = shape.elementType();
    return switch (type) {
      case I1 -> Boolean.toString(memory.get(ValueLayout.JAVA_BYTE, i) != 0);
      case I2, I4 ->
          Byte.toString(NarrowIntegers.valueOf(type, memory.get(ValueLayout.JAVA_BYTE, i)));
      case I8 -> Byte.toString(memory.get(ValueLayout.JAVA_BYTE, i));
      case I16 -> Short.toString(memory.getAtIndex(ValueLayout.JAVA_SHORT, i));
      case I32 -> Integer.toString(memory.getAtIndex(ValueLayout.JAVA_INT, i));
      case I64 -> Long.toString(memory.getAtIndex(ValueLayout.JAVA_LONG, i));
      case U2, U4, U8 -> Integer.toString(Byte.toUnsignedInt(memory.get(ValueLayout.JAVA_BYTE, i)));
      case U16 ->
          Integer.toString(Short.toUnsignedInt(memory.getAtIndex(ValueLayout.JAVA_SHORT, i)));
      case U32 -> Integer.toUnsignedString(memory.getAtIndex(ValueLayout.JAVA_INT, i));
      case U64 -> Long.toUnsignedString(memory.getAtIndex(ValueLayout.JAVA_LONG, i));
      case F16 ->
          Float.toString(Float.float16ToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, i)));
      case BF16 ->
          Float.toString(SmallFloats.fromBfloat16(memory.getAtIndex(ValueLayout.JAVA_SHORT, i)));
      case F32 -> Float.toString(memory.getAtIndex(ValueLayout.JAVA_FLOAT, i));
      case F64 -> Double.toString(memory.getAtIndex(ValueLayout.JAVA_DOUBLE, i));
      case C64 ->
          complex(
              memory.getAtIndex(ValueLayout.JAVA_FLOAT, 2 * i),
              memory.getAtIndex(ValueLayout.JAVA_FLOAT, 2 * i + 1));
      case C128 ->
          complex(
              memory.getAtIndex(ValueLayout.JAVA_DOUBLE, 2 * i),
              memory.getAtIndex(ValueLayout.JAVA_DOUBLE, 2 * i + 1));
      default -> "0x%02x".formatted(memory.get(ValueLayout.JAVA_BYTE, i));
    };
  }

  private static String complex(double real, double imaginary) {
    return real + (Math.copySign(1, imaginary) < 0 ? "-" : "+") + Math.abs(imaginary) + "i";
  }
}
