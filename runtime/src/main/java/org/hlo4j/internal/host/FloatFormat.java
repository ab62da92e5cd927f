package org.hlo4j.internal.host;

import java.util.EnumMap;
import java.util.Map;
import org.hlo4j.type.ElementType;

/**
 * A floating-point format of at most 16 bits: one row of the table below, by which every code is
 * decoded exactly and every {@code float} encoded to the nearest code, ties to even. Results are
 * those of Python's {@code ml_dtypes}. Immutable.
 */
final class FloatFormat {
  /** What stands for a number beyond the largest one. */
  private enum Overflow {
    /** The infinity that the format has. */
    INFINITY,
    /** NaN, since there is no infinity. */
    NAN,
    /** The largest number, since there is neither. */
    LARGEST
  }

  /** Which codes are no numbers, and which zeros there are. */
  private enum Family {
    /** The largest exponent is for infinities and NaN, as in IEEE 754. */
    IEEE(Overflow.INFINITY),
    /** Finite: NaN is the code of all ones behind the sign. */
    FN(Overflow.NAN),
    /** Finite, and what would be the negative zero is the only NaN. */
    FNUZ(Overflow.NAN),
    /** All codes are finite numbers; NaN becomes a zero. */
    FINITE(Overflow.LARGEST),
    /** Powers of two without a sign or a zero; the code of all ones is NaN. */
    POWERS(Overflow.NAN);

    private final Overflow overflow;

    Family(Overflow overflow) {
      this.overflow = overflow;
    }
  }

  private static final Map<ElementType, FloatFormat> TABLE = new EnumMap<>(ElementType.class);

  static {
    add(ElementType.F4E2M1FN, 2, 1, 1, Family.FINITE);
    add(ElementType.F8E3M4, 3, 4, 3, Family.IEEE);
    add(ElementType.F8E4M3, 4, 3, 7, Family.IEEE);
    add(ElementType.F8E4M3B11FNUZ, 4, 3, 11, Family.FNUZ);
    add(ElementType.F8E4M3FN, 4, 3, 7, Family.FN);
    add(ElementType.F8E4M3FNUZ, 4, 3, 8, Family.FNUZ);
    add(ElementType.F8E5M2, 5, 2, 15, Family.IEEE);
    add(ElementType.F8E5M2FNUZ, 5, 2, 16, Family.FNUZ);
    add(ElementType.F8E8M0FNU, 8, 0, 127, Family.POWERS);
    add(ElementType.F16, 5, 10, 15, Family.IEEE);
    add(ElementType.BF16, 8, 7, 127, Family.IEEE);
  }

  private static final int FLOAT_MANTISSA = 23;
  private static final int FLOAT_BIAS = 127;
  private static final int FLOAT_INFINITY = 0x7F800000;
  private static final int FLOAT_SIGN = 0x80000000;
  private static final int SMALLEST_NORMAL = 1 << FLOAT_MANTISSA;

  private final int mantissaBits;
  private final int bias;
  private final Family family;
  private final int sign;
  private final int largest;
  private final int nan;

  /** The number of each code, where there are so few that a table costs little. */
  private final float[] decoded;

  private FloatFormat(int exponentBits, int mantissaBits, int bias, Family family) {
    this.mantissaBits = mantissaBits;
    this.bias = bias;
    this.family = family;
    int ones = (1 << (exponentBits + mantissaBits)) - 1;
    int infinity = ones ^ ((1 << mantissaBits) - 1);
    this.sign = family == Family.POWERS ? 0 : ones + 1;
    this.largest =
        switch (family) {
          case IEEE -> infinity - 1;
          case FN, POWERS -> ones - 1;
          case FNUZ, FINITE -> ones;
        };
    this.nan =
        switch (family) {
          case IEEE -> infinity | (1 << (mantissaBits - 1));
          case FN, POWERS -> ones;
          case FNUZ, FINITE -> sign;
        };
    this.decoded = new float[ones >>> Byte.SIZE == 0 ? Math.max(sign << 1, ones + 1) : 0];
    for (int code = 0; code < decoded.length; code++) {
      decoded[code] = decodeOne(code);
    }
  }

  private static void add(
      ElementType type, int exponentBits, int mantissaBits, int bias, Family family) {
    TABLE.put(type, new FloatFormat(exponentBits, mantissaBits, bias, family));
  }

  /** Whether a type's elements are floats that are narrower than Java's. */
  static boolean isNarrow(ElementType type) {
    return TABLE.containsKey(type);
  }

  /** The format of a narrow type. */
  static FloatFormat of(ElementType type) {
    FloatFormat format = TABLE.get(type);
    if (format == null) {
      throw new AssertionError(type + " is no narrow float");
    }
    return format;
  }

  /** The number that a code stands for, exactly; bits above the format's own do not count. */
  float decode(int code) {
    return decoded.length == 0
        ? decodeOne(code & (2 * sign - 1))
        : decoded[code & (decoded.length - 1)];
  }

  private float decodeOne(int code) {
    int magnitude = code & ~sign;
    boolean negative = (code & sign) != 0;
    if (isNan(code, magnitude)) {
      return Float.intBitsToFloat(negative && family != Family.FNUZ ? 0xFFC00000 : 0x7FC00000);
    }
    float value = family == Family.IEEE && magnitude > largest ? Float.POSITIVE_INFINITY : 0;
    if (value == 0) {
      int exponent = magnitude >>> mantissaBits;
      int fraction = magnitude & ((1 << mantissaBits) - 1);
      boolean normal = exponent > 0 || family == Family.POWERS;
      int significand = normal ? fraction | (1 << mantissaBits) : fraction;
      int power = (normal ? exponent : 1) - bias - mantissaBits;
      // A double holds each step; the last one is exact, since a float has every number of these.
      value = (float) Math.scalb((double) significand, power);
    }
    return negative ? -value : value;
  }

  private boolean isNan(int code, int magnitude) {
    return switch (family) {
      case IEEE -> magnitude > largest + 1;
      case FN, POWERS -> magnitude > largest;
      case FNUZ -> code == nan;
      case FINITE -> false;
    };
  }

  /** The code of the nearest number, ties to even. */
  int encode(float value) {
    int bits = Float.floatToRawIntBits(value);
    int signed = (bits & FLOAT_SIGN) != 0 ? sign : 0;
    int magnitude = bits & ~FLOAT_SIGN;
    if (magnitude > FLOAT_INFINITY) {
      return nan(signed);
    }
    if (family == Family.POWERS && (magnitude == 0 || bits < 0)) {
      return nan;
    }
    int code = magnitude == FLOAT_INFINITY ? largest + 1 : round(magnitude);
    if (code > largest) {
      return overflow(signed);
    }
    return code == 0 && family == Family.FNUZ ? 0 : signed | code;
  }

  private int nan(int signed) {
    return switch (family) {
      case IEEE, FN -> signed | nan;
      case FNUZ, POWERS -> nan;
      case FINITE -> signed ^ nan;
    };
  }

  private int overflow(int signed) {
    return switch (family.overflow) {
      case INFINITY -> signed | (largest + 1);
      case NAN -> nan(signed);
      case LARGEST -> signed | largest;
    };
  }

  /** The code of a finite magnitude; beyond the largest one if it is too large. */
  private int round(int magnitude) {
    if (family == Family.POWERS) {
      return roundToPower(magnitude);
    }
    int exponent = Math.max(1, magnitude >>> FLOAT_MANTISSA);
    int significand = magnitude - ((exponent - 1) << FLOAT_MANTISSA);
    int target = exponent - FLOAT_BIAS + bias;
    // Below the format's smallest normal number, as many more bits are dropped as it is smaller.
    int dropped = FLOAT_MANTISSA - mantissaBits + Math.max(0, 1 - target);
    if (dropped > FLOAT_MANTISSA + 1) {
      return 0;
    }
    return ((Math.max(1, target) - 1) << mantissaBits) + shiftToEven(significand, dropped);
  }

  /**
   * The exponent of the nearest power of two, the larger one of two that are equally near; but what
   * is just above the smallest power goes up, since it is a subnormal float.
   */
  private static int roundToPower(int magnitude) {
    if (magnitude < SMALLEST_NORMAL) {
      return magnitude <= SMALLEST_NORMAL / 2 ? 0 : 1;
    }
    return (magnitude + SMALLEST_NORMAL / 2) >>> FLOAT_MANTISSA;
  }

  /** Drops low bits and rounds to nearest, ties to even. */
  private static int shiftToEven(int significand, int dropped) {
    int kept = significand >>> dropped;
    int rest = significand - (kept << dropped);
    int half = 1 << (dropped - 1);
    return rest > half || (rest == half && (kept & 1) != 0) ? kept + 1 : kept;
  }
}
