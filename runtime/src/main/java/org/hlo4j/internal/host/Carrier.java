package org.hlo4j.internal.host;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Collectors;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.ElementType.Kind;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The primitive Java types that represent elements of tensors, and which elements each may
 * represent.
 */
enum Carrier {
  BOOLEAN(boolean[].class),
  BYTE(byte[].class),
  SHORT(short[].class),
  INT(int[].class),
  LONG(long[].class),
  FLOAT(float[].class),
  DOUBLE(double[].class);

  private final Class<?> arrayType;

  Carrier(Class<?> arrayType) {
    this.arrayType = arrayType;
  }

  Class<?> arrayType() {
    return arrayType;
  }

  /** Its layout in memory, wherever that begins. */
  ValueLayout layout() {
    return switch (this) {
      case BOOLEAN, BYTE -> ValueLayout.JAVA_BYTE;
      case SHORT -> ValueLayout.JAVA_SHORT_UNALIGNED;
      case INT -> ValueLayout.JAVA_INT_UNALIGNED;
      case LONG -> ValueLayout.JAVA_LONG_UNALIGNED;
      case FLOAT -> ValueLayout.JAVA_FLOAT_UNALIGNED;
      case DOUBLE -> ValueLayout.JAVA_DOUBLE_UNALIGNED;
    };
  }

  /** The carrier whose flat arrays have a type, or null if there is none. */
  static @Nullable Carrier ofArray(Class<?> arrayType) {
    for (Carrier carrier : values()) {
      if (carrier.arrayType == arrayType) {
        return carrier;
      }
    }
    return null;
  }

  /** Those that carry elements of a type, the natural one first. */
  static List<Carrier> of(ElementType type) {
    return switch (type.kind()) {
      case BOOLEAN -> List.of(BOOLEAN);
      case SIGNED, UNSIGNED -> List.of(integer(type.hostBytes()));
      case FLOAT ->
          FloatCodec.isNarrow(type)
              ? List.of(FLOAT, integer(type.hostBytes()))
              : List.of(floating(type.hostBytes()));
      case COMPLEX -> List.of(floating(type.hostBytes() / 2));
    };
  }

  private static Carrier integer(int bytes) {
    return switch (bytes) {
      case Byte.BYTES -> BYTE;
      case Short.BYTES -> SHORT;
      case Integer.BYTES -> INT;
      default -> LONG;
    };
  }

  private static Carrier floating(int bytes) {
    return bytes == Float.BYTES ? FLOAT : DOUBLE;
  }

  /** How many values one element takes: two of a complex number, real part first. */
  static int perElement(ElementType type) {
    return type.kind() == Kind.COMPLEX ? 2 : 1;
  }

  /** The types of flat arrays for a shape, for messages: {@code float[] or a short[]}. */
  static String namesFor(Shape shape) {
    return of(shape.elementType()).stream()
        .map(carrier -> carrier.arrayType.getSimpleName())
        .collect(Collectors.joining(" or a "));
  }
}
