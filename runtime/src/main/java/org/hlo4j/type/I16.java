package org.hlo4j.type;

/** Marks tensor types whose elements are signed 16-bit integers, StableHLO's {@code i16}. */
public non-sealed interface I16 extends Element {}
