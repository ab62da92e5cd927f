package org.hlo4j.type;

/**
 * A floating-point format: the sign bit, if it has one, the exponent, and the mantissa without its
 * leading one, from the highest bit to the lowest. Immutable.
 *
 * @param exponentBits the width of the exponent
 * @param mantissaBits the width of the mantissa
 * @param bias what is subtracted from the exponent's bits
 * @param specials which codes are not numbers
 */
public record FloatFormat(int exponentBits, int mantissaBits, int bias, Specials specials) {
  /** Which codes are not finite numbers, and which zeros exist. */
  public enum Specials {
    /** The largest exponent is for infinities and NaN, as in IEEE 754. */
    IEEE,
    /** No infinities; NaN is the code of all ones below the sign. */
    FN,
    /** No infinities; the code of the negative zero is the only NaN. */
    FNUZ,
    /** All codes are finite numbers. */
    FINITE,
    /** Powers of two without a sign or a zero; the code of all ones is NaN. */
    POWERS
  }

  /** The number of bits of one float. */
  public int bits() {
    return (isSigned() ? 1 : 0) + exponentBits + mantissaBits;
  }

  /** Whether there is a sign bit. */
  public boolean isSigned() {
    return specials != Specials.POWERS;
  }
}
