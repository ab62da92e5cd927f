package org.hlo4j.type;

/** Marks tensor types whose elements are signed 8-bit integers, StableHLO's {@code i8}. */
public non-sealed interface I8 extends Element {}
