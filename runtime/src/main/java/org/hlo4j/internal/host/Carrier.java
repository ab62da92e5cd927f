package org.hlo4j.internal.host;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Collectors;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.ElementType.Kind;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/** The Java primitive types that represent tensor elements, with the element types of each. */
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

  /** Returns the unaligned memory layout. */
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

  /** Returns the carrier of a type of flat arrays, or null if there is none. */
  static @Nullable Carrier ofArray(Class<?> arrayType) {
    for (Carrier carrier : values()) {
      if (carrier.arrayType == arrayType) {
        return carrier;
      }
    }
    return null;
  }

  /** Returns the carriers of an element type, the default one first. */
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

  /** Returns the number of values per element: two for complex numbers, real part first. */
  static int perElement(ElementType type) {
    return type.kind() == Kind.COMPLEX ? 2 : 1;
  }

  /** Returns the types of flat arrays for a shape, for messages: {@code float[] or a short[]}. */
  static String namesFor(Shape shape) {
    return of(shape.elementType()).stream()
        .map(carrier -> carrier.arrayType.getSimpleName())
        .collect(Collectors.joining(" or a "));
  }
}
