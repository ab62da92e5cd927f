package org.hlo4j.internal.host;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Collectors;
import org.hlo4j.type.ElementType;
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

  /** The flat arrays of it. */
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
    return switch (type) {
      case I1 -> List.of(BOOLEAN);
      case I8, U8, I2, I4, U2, U4 -> List.of(BYTE);
      case I16, U16 -> List.of(SHORT);
      case I32, U32 -> List.of(INT);
      case I64, U64 -> List.of(LONG);
      case F16, BF16 -> List.of(FLOAT, SHORT);
      case F32, C64 -> List.of(FLOAT);
      case F64, C128 -> List.of(DOUBLE);
      case F4E2M1FN,
          F8E3M4,
          F8E4M3,
          F8E4M3B11FNUZ,
          F8E4M3FN,
          F8E4M3FNUZ,
          F8E5M2,
          F8E5M2FNUZ,
          F8E8M0FNU ->
          List.of(FLOAT, BYTE);
    };
  }

  /** How many values one element takes: two of a complex number, real part first. */
  static int perElement(ElementType type) {
    return type == ElementType.C64 || type == ElementType.C128 ? 2 : 1;
  }

  /** The types of flat arrays for a shape, for messages: {@code float[] or a short[]}. */
  static String namesFor(Shape shape) {
    return of(shape.elementType()).stream()
        .map(carrier -> carrier.arrayType.getSimpleName())
        .collect(Collectors.joining(" or a "));
  }
}
