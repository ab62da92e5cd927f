package org.hlo4j.type;

/**
 * Marks tensor types whose elements are IEEE 754 double-precision numbers, StableHLO's {@code f64}.
 */
public non-sealed interface F64 extends Element {}
