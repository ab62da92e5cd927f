package org.hlo4j.type;

/**
 * Marks tensor types whose elements are IEEE 754 single-precision numbers, StableHLO's {@code f32}.
 */
public non-sealed interface F32 extends Element {}
