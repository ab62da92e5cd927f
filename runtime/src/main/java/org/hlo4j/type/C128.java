package org.hlo4j.type;

/**
 * Marks tensor types whose elements are complex numbers of two {@code f64}, StableHLO's {@code
 * complex<f64>}.
 */
public non-sealed interface C128 extends Element {}
