package org.hlo4j.type;

import java.util.HashMap;
import java.util.Map;
import org.hlo4j.type.FloatFormat.Specials;
import org.jspecify.annotations.Nullable;

/**
 * The element types of StableHLO tensors (<a
 * href="https://openxla.org/stablehlo/spec#types">specification, "Types"</a>), each with its marker
 * interface, kind and width. Immutable.
 */
public enum ElementType {
  /** Booleans, one byte each on the host: 0 or 1. */
  I1("i1", I1.class, Kind.BOOLEAN, 1),
  /** Signed 2-bit integers, one byte each on the host. */
  I2("i2", I2.class, Kind.SIGNED, 2),
  /** Signed 4-bit integers, one byte each on the host. */
  I4("i4", I4.class, Kind.SIGNED, 4),
  /** Signed 8-bit integers. */
  I8("i8", I8.class, Kind.SIGNED, 8),
  /** Signed 16-bit integers. */
  I16("i16", I16.class, Kind.SIGNED, 16),
  /** Signed 32-bit integers. */
  I32("i32", I32.class, Kind.SIGNED, 32),
  /** Signed 64-bit integers. */
  I64("i64", I64.class, Kind.SIGNED, 64),
  /** Unsigned 2-bit integers, one byte each on the host. */
  U2("ui2", U2.class, Kind.UNSIGNED, 2),
  /** Unsigned 4-bit integers, one byte each on the host. */
  U4("ui4", U4.class, Kind.UNSIGNED, 4),
  /** Unsigned 8-bit integers. */
  U8("ui8", U8.class, Kind.UNSIGNED, 8),
  /** Unsigned 16-bit integers. */
  U16("ui16", U16.class, Kind.UNSIGNED, 16),
  /** Unsigned 32-bit integers. */
  U32("ui32", U32.class, Kind.UNSIGNED, 32),
  /** Unsigned 64-bit integers. */
  U64("ui64", U64.class, Kind.UNSIGNED, 64),
  /** 4-bit floats, one byte each on the host. */
  F4E2M1FN("f4E2M1FN", F4E2M1FN.class, new FloatFormat(2, 1, 1, Specials.FINITE)),
  /** 8-bit floats with 3 exponent and 4 mantissa bits. */
  F8E3M4("f8E3M4", F8E3M4.class, new FloatFormat(3, 4, 3, Specials.IEEE)),
  /** 8-bit floats with 4 exponent and 3 mantissa bits, IEEE-like. */
  F8E4M3("f8E4M3", F8E4M3.class, new FloatFormat(4, 3, 7, Specials.IEEE)),
  /** 8-bit floats with 4 exponent and 3 mantissa bits, bias 11, finite, no negative zero. */
  F8E4M3B11FNUZ("f8E4M3B11FNUZ", F8E4M3B11FNUZ.class, new FloatFormat(4, 3, 11, Specials.FNUZ)),
  /** 8-bit floats with 4 exponent and 3 mantissa bits, finite. */
  F8E4M3FN("f8E4M3FN", F8E4M3FN.class, new FloatFormat(4, 3, 7, Specials.FN)),
  /** 8-bit floats with 4 exponent and 3 mantissa bits, finite, no negative zero. */
  F8E4M3FNUZ("f8E4M3FNUZ", F8E4M3FNUZ.class, new FloatFormat(4, 3, 8, Specials.FNUZ)),
  /** 8-bit floats with 5 exponent and 2 mantissa bits, IEEE-like. */
  F8E5M2("f8E5M2", F8E5M2.class, new FloatFormat(5, 2, 15, Specials.IEEE)),
  /** 8-bit floats with 5 exponent and 2 mantissa bits, finite, no negative zero. */
  F8E5M2FNUZ("f8E5M2FNUZ", F8E5M2FNUZ.class, new FloatFormat(5, 2, 16, Specials.FNUZ)),
  /** 8-bit powers of two: 8 exponent bits, no mantissa, no sign. */
  F8E8M0FNU("f8E8M0FNU", F8E8M0FNU.class, new FloatFormat(8, 0, 127, Specials.POWERS)),
  /** Brain floats: the upper half of an {@code f32}. */
  BF16("bf16", BF16.class, new FloatFormat(8, 7, 127, Specials.IEEE)),
  /** IEEE 754 half precision. */
  F16("f16", F16.class, new FloatFormat(5, 10, 15, Specials.IEEE)),
  /** IEEE 754 single precision. */
  F32("f32", F32.class, new FloatFormat(8, 23, 127, Specials.IEEE)),
  /** IEEE 754 double precision. */
  F64("f64", F64.class, new FloatFormat(11, 52, 1023, Specials.IEEE)),
  /** Complex numbers of two {@code f32}. */
  C64("complex<f32>", C64.class, Kind.COMPLEX, 64),
  /** Complex numbers of two {@code f64}. */
  C128("complex<f64>", C128.class, Kind.COMPLEX, 128);

  /** The kinds of elements. */
  public enum Kind {
    /** A boolean. */
    BOOLEAN,
    /** An integer in two's complement. */
    SIGNED,
    /** An unsigned integer. */
    UNSIGNED,
    /** A floating-point number. */
    FLOAT,
    /** A complex number: the real part, then the imaginary part, both floating-point. */
    COMPLEX
  }

  private static final Map<String, ElementType> BY_TEXT = new HashMap<>();
  private static final Map<Class<?>, ElementType> BY_MARKER = new HashMap<>();

  static {
    for (ElementType type : values()) {
      BY_TEXT.put(type.text, type);
      BY_MARKER.put(type.marker, type);
      if (type.kind == Kind.SIGNED) {
        // MLIR's signless and explicitly signed integers are the same StableHLO types.
        BY_TEXT.put("s" + type.text, type);
      }
    }
  }

  private final String text;
  private final Class<? extends Element> marker;
  private final Kind kind;
  private final int bits;

  @SuppressWarnings("ImmutableEnumChecker") // A record of immutable components.
  private final @Nullable FloatFormat floatFormat;

  ElementType(String text, Class<? extends Element> marker, Kind kind, int bits) {
    this.text = text;
    this.marker = marker;
    this.kind = kind;
    this.bits = bits;
    this.floatFormat = null;
  }

  ElementType(String text, Class<? extends Element> marker, FloatFormat floatFormat) {
    this.text = text;
    this.marker = marker;
    this.kind = Kind.FLOAT;
    this.bits = floatFormat.bits();
    this.floatFormat = floatFormat;
  }

  /**
   * Returns the element type with a name in StableHLO syntax, or null if there is none.
   *
   * @param text a name as in a tensor type, such as {@code f32}, {@code ui8} or {@code
   *     complex<f64>}
   */
  public static @Nullable ElementType ofText(String text) {
    return BY_TEXT.get(text);
  }

  /** Returns the element type of a marker such as {@link F32}, or null for another class. */
  public static @Nullable ElementType ofMarker(Class<?> marker) {
    return BY_MARKER.get(marker);
  }

  /** Returns the name in StableHLO syntax: {@code f32}, {@code ui8}, {@code complex<f64>}. */
  public String text() {
    return text;
  }

  /** Returns the marker interface that represents this element type in Java. */
  public Class<? extends Element> marker() {
    return marker;
  }

  /** Returns the kind of the elements. */
  public Kind kind() {
    return kind;
  }

  /** Returns whether the elements are integers, signed or unsigned. */
  public boolean isInteger() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
  }

  /**
   * Returns the format of {@link Kind#FLOAT floats}, or null if the elements are of another kind.
   */
  public @Nullable FloatFormat floatFormat() {
    return floatFormat;
  }

  /** Returns the number of significant bits of one element. */
  public int bits() {
    return bits;
  }

  /** Returns the size of one element in host memory, in bytes: at least one. */
  public int hostBytes() {
    return Math.max(1, bits / 8);
  }

  /**
   * Returns whether elements have the same layout on a device as on the host: 2-bit and 4-bit types
   * are packed on a device, and take one byte each on the host.
   */
  public boolean isSameOnDevice() {
    return bits >= 8 || kind == Kind.BOOLEAN;
  }

  @Override
  public String toString() {
    return text;
  }
}
