package org.hlo4j.type;

/** Marks tensor types whose elements are signed 2-bit integers, StableHLO's {@code i2}. */
public non-sealed interface I2 extends Element {}
