package org.hlo4j.internal.host;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.ElementType.Kind;

/** Formats the elements of a tensor uniformly, as NumPy does. */
final class FormattedElements {
  private final ElementType type;
  private final MemorySegment memory;
  private final long[] indices;
  private final boolean scalar;

  /**
   * Creates the format of elements.
   *
   * @param indices the indices of the elements in memory
   * @param scalar whether there is a single element that needs no alignment
   */
  FormattedElements(ElementType type, MemorySegment memory, long[] indices, boolean scalar) {
    this.type = type;
    this.memory = memory;
    this.indices = indices;
    this.scalar = scalar;
  }

  String[] words() {
    return switch (type.kind()) {
      case BOOLEAN -> each(i -> isTrue(i) ? scalar ? "True" : " True" : "False");
      case SIGNED, UNSIGNED -> aligned(each(this::integer));
      case FLOAT -> floats(width());
      case COMPLEX -> complex(width());
    };
  }

  private FloatWidth width() {
    if (type == ElementType.F16) {
      return FloatWidth.HALF;
    }
    return floatBytes() == Double.BYTES ? FloatWidth.DOUBLE : FloatWidth.SINGLE;
  }

  /** Returns the number of bytes of a float, or of each part of a complex number. */
  private int floatBytes() {
    return type.hostBytes() / Carrier.perElement(type);
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
    long value =
        switch (type.hostBytes()) {
          case Byte.BYTES -> memory.get(ValueLayout.JAVA_BYTE, i);
          case Short.BYTES -> shortAt(i);
          case Integer.BYTES -> memory.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i);
          default -> memory.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i);
        };
    int unused = Long.SIZE - type.bits();
    return type.kind() == Kind.SIGNED
        ? Long.toString(value << unused >> unused)
        : Long.toUnsignedString(value << unused >>> unused);
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

  /** Returns a float of any width, or one of the two parts of a complex number. */
  private double floatAt(long i) {
    return switch (floatBytes()) {
      case Double.BYTES -> memory.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
      case Float.BYTES -> memory.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
      case Short.BYTES -> FloatCodec.of(type).decode(shortAt(i));
      default -> FloatCodec.of(type).decode(memory.get(ValueLayout.JAVA_BYTE, i));
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
