package org.hlo4j.internal.host;

import java.util.EnumMap;
import java.util.Map;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.FloatFormat;
import org.hlo4j.type.FloatFormat.Specials;

/**
 * Decodes each code of a floating-point format of at most 16 bits exactly, and encodes each {@code
 * float} as the nearest code, ties to even, as in Python's {@code ml_dtypes}. Immutable.
 */
final class FloatCodec {
  private static final Map<ElementType, FloatCodec> CODECS = new EnumMap<>(ElementType.class);

  static {
    for (ElementType type : ElementType.values()) {
      FloatFormat format = type.floatFormat();
      if (format != null && format.bits() <= Short.SIZE) {
        CODECS.put(type, new FloatCodec(format));
      }
    }
  }

  private static final int FLOAT_MANTISSA = 23;
  private static final int FLOAT_BIAS = 127;
  private static final int FLOAT_INFINITY = 0x7F800000;
  private static final int FLOAT_SIGN = 0x80000000;
  private static final int SMALLEST_NORMAL = 1 << FLOAT_MANTISSA;

  private final int mantissaBits;
  private final int bias;
  private final Specials specials;
  private final int sign;
  private final int largest;
  private final int nan;

  /** The number of each code, if there are few enough for a table. */
  private final float[] decoded;

  private FloatCodec(FloatFormat format) {
    this.mantissaBits = format.mantissaBits();
    this.bias = format.bias();
    this.specials = format.specials();
    int ones = (1 << (format.exponentBits() + mantissaBits)) - 1;
    int infinity = ones ^ ((1 << mantissaBits) - 1);
    this.sign = format.isSigned() ? ones + 1 : 0;
    this.largest =
        switch (specials) {
          case IEEE -> infinity - 1;
          case FN, POWERS -> ones - 1;
          case FNUZ, FINITE -> ones;
        };
    this.nan =
        switch (specials) {
          case IEEE -> infinity | (1 << (mantissaBits - 1));
          case FN, POWERS -> ones;
          case FNUZ, FINITE -> sign;
        };
    this.decoded = new float[ones >>> Byte.SIZE == 0 ? Math.max(sign << 1, ones + 1) : 0];
    for (int code = 0; code < decoded.length; code++) {
      decoded[code] = decodeOne(code);
    }
  }

  /** Returns whether a type's elements are floats narrower than Java's. */
  static boolean isNarrow(ElementType type) {
    return CODECS.containsKey(type);
  }

  static FloatCodec of(ElementType type) {
    FloatCodec codec = CODECS.get(type);
    if (codec == null) {
      throw new AssertionError(type + " is not a narrow float");
    }
    return codec;
  }

  /** Returns the exact number of a code; bits above the format's are ignored. */
  float decode(int code) {
    return decoded.length == 0
        ? decodeOne(code & (2 * sign - 1))
        : decoded[code & (decoded.length - 1)];
  }

  private float decodeOne(int code) {
    int magnitude = code & ~sign;
    boolean negative = (code & sign) != 0;
    if (isNan(code, magnitude)) {
      return Float.intBitsToFloat(negative && specials != Specials.FNUZ ? 0xFFC00000 : 0x7FC00000);
    }
    float value = specials == Specials.IEEE && magnitude > largest ? Float.POSITIVE_INFINITY : 0;
    if (value == 0) {
      int exponent = magnitude >>> mantissaBits;
      int fraction = magnitude & ((1 << mantissaBits) - 1);
      boolean normal = exponent > 0 || specials == Specials.POWERS;
      int significand = normal ? fraction | (1 << mantissaBits) : fraction;
      int power = (normal ? exponent : 1) - bias - mantissaBits;
      // The double is exact at each step; so is the float, which can represent all of these
      // numbers.
      value = (float) Math.scalb((double) significand, power);
    }
    return negative ? -value : value;
  }

  private boolean isNan(int code, int magnitude) {
    return switch (specials) {
      case IEEE -> magnitude > largest + 1;
      case FN, POWERS -> magnitude > largest;
      case FNUZ -> code == nan;
      case FINITE -> false;
    };
  }

  /** Returns the code of the nearest number, ties to even. */
  int encode(float value) {
    int bits = Float.floatToRawIntBits(value);
    int signed = (bits & FLOAT_SIGN) != 0 ? sign : 0;
    int magnitude = bits & ~FLOAT_SIGN;
    if (magnitude > FLOAT_INFINITY) {
      return nan(signed);
    }
    if (specials == Specials.POWERS && (magnitude == 0 || bits < 0)) {
      return nan;
    }
    int code = magnitude == FLOAT_INFINITY ? largest + 1 : round(magnitude);
    if (code > largest) {
      return overflow(signed);
    }
    return code == 0 && specials == Specials.FNUZ ? 0 : signed | code;
  }

  /** Returns the code of NaN, or zero if there is none. */
  private int nan(int signed) {
    return switch (specials) {
      case IEEE, FN -> signed | nan;
      case FNUZ, POWERS -> nan;
      case FINITE -> signed ^ nan;
    };
  }

  /** Returns the code for overflow: infinity, else NaN, else the largest number. */
  private int overflow(int signed) {
    return switch (specials) {
      case IEEE -> signed | (largest + 1);
      case FN, FNUZ, POWERS -> nan(signed);
      case FINITE -> signed | largest;
    };
  }

  /** Returns the code of a finite magnitude, which may exceed the largest one. */
  private int round(int magnitude) {
    if (specials == Specials.POWERS) {
      return roundToPower(magnitude);
    }
    int exponent = Math.max(1, magnitude >>> FLOAT_MANTISSA);
    int significand = magnitude - ((exponent - 1) << FLOAT_MANTISSA);
    int target = exponent - FLOAT_BIAS + bias;
    // For subnormal results, more bits are dropped.
    int dropped = FLOAT_MANTISSA - mantissaBits + Math.max(0, 1 - target);
    if (dropped > FLOAT_MANTISSA + 1) {
      return 0;
    }
    return ((Math.max(1, target) - 1) << mantissaBits) + shiftToEven(significand, dropped);
  }

  /**
   * Returns the exponent of the nearest power of two, ties up; numbers just above the smallest
   * power are rounded up, since they are subnormal floats.
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
