package org.hlo4j.type;

/**
 * Marks tensor types whose elements are IEEE 754 half-precision numbers, StableHLO's {@code f16}.
 */
public non-sealed interface F16 extends Element {}
