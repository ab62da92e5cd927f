package org.hlo4j.internal.host;

/**
 * Conversions between {@code float} and the 16-bit bfloat16, to nearest, ties to even, as IEEE 754
 * rounds; the JDK has the same for IEEE's own half precision.
 */
final class SmallFloats {
  private static final int MANTISSA_BITS_DROPPED = 16;
  private static final short QUIET_NAN = 0x7FC0;

  private SmallFloats() {}

  static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      // Rounding could carry a NaN's payload into infinity.
      return (short) (QUIET_NAN | ((bits >>> MANTISSA_BITS_DROPPED) & 0x8000));
    }
    int even = (bits >>> MANTISSA_BITS_DROPPED) & 1;
    return (short) ((bits + 0x7FFF + even) >>> MANTISSA_BITS_DROPPED);
  }

  static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << MANTISSA_BITS_DROPPED);
  }
}
