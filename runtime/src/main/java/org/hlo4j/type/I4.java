package org.hlo4j.type;

/** Marks tensor types whose elements are signed 4-bit integers, StableHLO's {@code i4}. */
public non-sealed interface I4 extends Element {}
