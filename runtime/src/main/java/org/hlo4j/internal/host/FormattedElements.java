package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.hlo4j.type.ElementType;

/** Formats the elements of a tensor as NumPy does, all of them alike. */
final class FormattedElements {
  private final ElementType type;
  private final MemorySegment memory;
  private final long[] indices;
  private final boolean scalar;

  private FormattedElements(
      ElementType type, MemorySegment memory, long[] indices, boolean scalar) {
    this.type = type;
    this.memory = memory;
    this.indices = indices;
    this.scalar = scalar;
  }

  /**
   * A word for each element.
   *
   * @param indices which elements of the memory
   * @param scalar whether the one element has no neighbours to stand below
   */
  static String[] of(ElementType type, MemorySegment memory, long[] indices, boolean scalar) {
    return new FormattedElements(type, memory, indices, scalar).words();
  }

  private String[] words() {
    return switch (type) {
      case I1 -> each(i -> isTrue(i) ? scalar ? "True" : " True" : "False");
      case I2, I4, I8, I16, I32, I64, U2, U4, U8, U16, U32, U64 -> aligned(each(this::integer));
      case C64, C128 -> complex(type == ElementType.C64 ? FloatWidth.SINGLE : FloatWidth.DOUBLE);
      case F16 -> floats(FloatWidth.HALF);
      case F64 -> floats(FloatWidth.DOUBLE);
      default -> floats(FloatWidth.SINGLE);
    };
  }

  private String[] each(LongFunction<String> word) {
    return LongStream.of(indices).mapToObj(word).toArray(String[]::new);
  }

  private static String[] aligned(String[] words) {
    int width = Arrays.stream(words).mapToInt(String::length).max().orElse(0);
    return Arrays.stream(words)
        .map(word -> " ".repeat(width - word.length()) + word)
        .toArray(String[]::new);
  }

  private boolean isTrue(long i) {
    return memory.get(ValueLayout.JAVA_BYTE, i) != 0;
  }

  private String integer(long i) {
    return switch (type) {
      case I2, I4, U2, U4 ->
          Byte.toString(NarrowIntegers.valueOf(type, memory.get(ValueLayout.JAVA_BYTE, i)));
      case I8 -> Byte.toString(memory.get(ValueLayout.JAVA_BYTE, i));
      case U8 -> Integer.toString(Byte.toUnsignedInt(memory.get(ValueLayout.JAVA_BYTE, i)));
      case I16 -> Short.toString(shortAt(i));
      case U16 -> Integer.toString(Short.toUnsignedInt(shortAt(i)));
      case I32 -> Integer.toString(memory.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i));
      case U32 -> Integer.toUnsignedString(memory.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i));
      case I64 -> Long.toString(memory.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i));
      case U64 -> Long.toUnsignedString(memory.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i));
      default -> throw new AssertionError(type + " is no integer");
    };
  }

  private short shortAt(long i) {
    return memory.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i);
  }

  private String[] floats(FloatWidth width) {
    double[] values = LongStream.of(indices).mapToDouble(this::floatAt).toArray();
    DoubleFunction<String> form =
        scalar ? value -> FloatText.alone(value, width) : new FloatColumn(values, width, false);
    return Arrays.stream(values).mapToObj(form).toArray(String[]::new);
  }

  /** A float of any width, or a part of a complex number, of which there are two an element. */
  private double floatAt(long i) {
    return switch (type) {
      case F64, C128 -> memory.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
      case F32, C64 -> memory.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
      case F16, BF16 -> FloatFormat.of(type).decode(shortAt(i));
      default -> FloatFormat.of(type).decode(memory.get(ValueLayout.JAVA_BYTE, i));
    };
  }

  private String[] complex(FloatWidth width) {
    double[] reals = LongStream.of(indices).mapToDouble(i -> floatAt(2 * i)).toArray();
    double[] imaginaries = LongStream.of(indices).mapToDouble(i -> floatAt(2 * i + 1)).toArray();
    if (scalar) {
      return new String[] {FloatText.alone(reals[0], imaginaries[0], width)};
    }
    FloatColumn real = new FloatColumn(reals, width, false);
    FloatColumn imaginary = new FloatColumn(imaginaries, width, true);
    String[] words = new String[indices.length];
    for (int i = 0; i < words.length; i++) {
      String padded = imaginary.apply(imaginaries[i]);
      String text = padded.stripTrailing();
      words[i] = real.apply(reals[i]) + text + "j" + padded.substring(text.length());
    }
    return words;
  }
}
