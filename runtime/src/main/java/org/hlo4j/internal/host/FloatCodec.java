package org.hlo4j.internal.host;

import java.util.EnumMap;
import java.util.Map;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.FloatFormat;
import org.hlo4j.type.FloatFormat.Specials;

/**
 * Decodes each code of a floating-point format of at most 16 bits exactly, and encodes each {@code
 * float} to the nearest code, ties to even. Results are those of Python's {@code ml_dtypes}.
 * Immutable.
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

  /** The number of each code, where there are so few that a table costs little. */
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

  /** Whether a type's elements are floats that are narrower than Java's. */
  static boolean isNarrow(ElementType type) {
    return CODECS.containsKey(type);
  }

  static FloatCodec of(ElementType type) {
    FloatCodec codec = CODECS.get(type);
    if (codec == null) {
      throw new AssertionError(type + " is no narrow float");
    }
    return codec;
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
      return Float.intBitsToFloat(negative && specials != Specials.FNUZ ? 0xFFC00000 : 0x7FC00000);
    }
    float value = specials == Specials.IEEE && magnitude > largest ? Float.POSITIVE_INFINITY : 0;
    if (value == 0) {
      int exponent = magnitude >>> mantissaBits;
      int fraction = magnitude & ((1 << mantissaBits) - 1);
      boolean normal = exponent > 0 || specials == Specials.POWERS;
      int significand = normal ? fraction | (1 << mantissaBits) : fraction;
      int power = (normal ? exponent : 1) - bias - mantissaBits;
      // A double holds each step; the last one is exact, since a float has every number of these.
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

  /** The code of the nearest number, ties to even. */
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

  /** The code of NaN; a zero where there is none. */
  private int nan(int signed) {
    return switch (specials) {
      case IEEE, FN -> signed | nan;
      case FNUZ, POWERS -> nan;
      case FINITE -> signed ^ nan;
    };
  }

  /** The code for a number beyond the largest one: infinity, or else NaN, or else the largest. */
  private int overflow(int signed) {
    return switch (specials) {
      case IEEE -> signed | (largest + 1);
      case FN, FNUZ, POWERS -> nan(signed);
      case FINITE -> signed | largest;
    };
  }

  /** The code of a finite magnitude; beyond the largest one if it is too large. */
  private int round(int magnitude) {
    if (specials == Specials.POWERS) {
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
