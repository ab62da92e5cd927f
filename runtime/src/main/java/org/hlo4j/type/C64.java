package org.hlo4j.type;

/**
 * Marks tensor types whose elements are complex numbers of two {@code f32}, StableHLO's {@code
 * complex<f32>}.
 */
public non-sealed interface C64 extends Element {}
