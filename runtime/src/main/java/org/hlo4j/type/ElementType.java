package org.hlo4j.type;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The element types of StableHLO tensors (<a
 * href="https://openxla.org/stablehlo/spec#types">specification, "Types"</a>), each with the marker
 * that stands for it in the Java type system and with its width. Immutable.
 */
public enum ElementType {
  /** Booleans, one byte each on the host: 0 or 1. */
  I1("i1", I1.class, 1),
  /** Signed 2-bit integers, one byte each on the host. */
  I2("i2", I2.class, 2),
  /** Signed 4-bit integers, one byte each on the host. */
  I4("i4", I4.class, 4),
  /** Signed 8-bit integers. */
  I8("i8", I8.class, 8),
  /** Signed 16-bit integers. */
  I16("i16", I16.class, 16),
  /** Signed 32-bit integers. */
  I32("i32", I32.class, 32),
  /** Signed 64-bit integers. */
  I64("i64", I64.class, 64),
  /** Unsigned 2-bit integers, one byte each on the host. */
  U2("ui2", U2.class, 2),
  /** Unsigned 4-bit integers, one byte each on the host. */
  U4("ui4", U4.class, 4),
  /** Unsigned 8-bit integers. */
  U8("ui8", U8.class, 8),
  /** Unsigned 16-bit integers. */
  U16("ui16", U16.class, 16),
  /** Unsigned 32-bit integers. */
  U32("ui32", U32.class, 32),
  /** Unsigned 64-bit integers. */
  U64("ui64", U64.class, 64),
  /** 4-bit floats, one byte each on the host. */
  F4E2M1FN("f4E2M1FN", F4E2M1FN.class, 4),
  /** 8-bit floats with 3 exponent and 4 mantissa bits. */
  F8E3M4("f8E3M4", F8E3M4.class, 8),
  /** 8-bit floats with 4 exponent and 3 mantissa bits, IEEE-like. */
  F8E4M3("f8E4M3", F8E4M3.class, 8),
  /** 8-bit floats with 4 exponent and 3 mantissa bits, bias 11, finite, no negative zero. */
  F8E4M3B11FNUZ("f8E4M3B11FNUZ", F8E4M3B11FNUZ.class, 8),
  /** 8-bit floats with 4 exponent and 3 mantissa bits, finite. */
  F8E4M3FN("f8E4M3FN", F8E4M3FN.class, 8),
  /** 8-bit floats with 4 exponent and 3 mantissa bits, finite, no negative zero. */
  F8E4M3FNUZ("f8E4M3FNUZ", F8E4M3FNUZ.class, 8),
  /** 8-bit floats with 5 exponent and 2 mantissa bits, IEEE-like. */
  F8E5M2("f8E5M2", F8E5M2.class, 8),
  /** 8-bit floats with 5 exponent and 2 mantissa bits, finite, no negative zero. */
  F8E5M2FNUZ("f8E5M2FNUZ", F8E5M2FNUZ.class, 8),
  /** 8-bit powers of two: 8 exponent bits, no mantissa, no sign. */
  F8E8M0FNU("f8E8M0FNU", F8E8M0FNU.class, 8),
  /** Brain floats: the upper half of an {@code f32}. */
  BF16("bf16", BF16.class, 16),
  /** IEEE 754 half precision. */
  F16("f16", F16.class, 16),
  /** IEEE 754 single precision. */
  F32("f32", F32.class, 32),
  /** IEEE 754 double precision. */
  F64("f64", F64.class, 64),
  /** Complex numbers of two {@code f32}. */
  C64("complex<f32>", C64.class, 64),
  /** Complex numbers of two {@code f64}. */
  C128("complex<f64>", C128.class, 128);

  private static final Map<String, ElementType> BY_TEXT = new HashMap<>();
  private static final Map<Class<?>, ElementType> BY_MARKER = new HashMap<>();

  static {
    for (ElementType type : values()) {
      BY_TEXT.put(type.text, type);
      BY_MARKER.put(type.marker, type);
    }
    // MLIR's signless integers and its explicit signed ones are the same StableHLO types.
    for (ElementType type : new ElementType[] {I2, I4, I8, I16, I32, I64}) {
      BY_TEXT.put("s" + type.text, type);
    }
  }

  private final String text;
  private final Class<? extends Element> marker;
  private final int bits;

  ElementType(String text, Class<? extends Element> marker, int bits) {
    this.text = text;
    this.marker = marker;
    this.bits = bits;
  }

  /**
   * The element type that StableHLO text names, or null if it names none.
   *
   * @param text as in a tensor type, such as {@code f32}, {@code ui8} or {@code complex<f64>}
   */
  public static @Nullable ElementType ofText(String text) {
    return BY_TEXT.get(text);
  }

  /** The element type that a marker such as {@link F32} stands for, or null if it is no marker. */
  public static @Nullable ElementType ofMarker(Class<?> marker) {
    return BY_MARKER.get(marker);
  }

  /** As StableHLO text has it: {@code f32}, {@code ui8}, {@code complex<f64>}. */
  public String text() {
    return text;
  }

  /** The interface that stands for this element type in the Java type system. */
  public Class<? extends Element> marker() {
    return marker;
  }

  /** The number of bits that carry one element's value. */
  public int bits() {
    return bits;
  }

  /** The number of bytes that one element takes in host memory: at least one. */
  public int hostBytes() {
    return Math.max(1, bits / 8);
  }

  /**
   * Whether a device keeps an element in the same bytes as the host: types of 2 and 4 bits are
   * packed on a device, and take a byte each on the host.
   */
  public boolean isSameOnDevice() {
    return bits >= 8 || this == I1;
  }

  @Override
  public String toString() {
    return text;
  }
}
