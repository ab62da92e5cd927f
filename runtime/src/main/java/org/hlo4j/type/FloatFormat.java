package org.hlo4j.type;

/**
 * A floating-point format: from the highest to the lowest bit, the sign bit, if any, the exponent,
 * and the mantissa without its implicit leading bit. Immutable.
 *
 * @param exponentBits the width of the exponent
 * @param mantissaBits the width of the mantissa
 * @param bias the bias of the exponent
 * @param specials the encoding of special values
 */
public record FloatFormat(int exponentBits, int mantissaBits, int bias, Specials specials) {
  /** The encoding of infinities, NaN and zeros. */
  public enum Specials {
    /** The largest exponent encodes infinities and NaN, as in IEEE 754. */
    IEEE,
    /** No infinities; NaN has all bits below the sign set. */
    FN,
    /** No infinities; the encoding of negative zero is the only NaN. */
    FNUZ,
    /** All encodings are finite numbers. */
    FINITE,
    /** Powers of two without sign or zero; NaN has all bits set. */
    POWERS
  }

  /** Returns the number of bits of one float. */
  public int bits() {
    return (isSigned() ? 1 : 0) + exponentBits + mantissaBits;
  }

  /** Returns whether there is a sign bit. */
  public boolean isSigned() {
    return specials != Specials.POWERS;
  }
}
