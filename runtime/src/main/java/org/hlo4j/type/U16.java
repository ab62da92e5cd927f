package org.hlo4j.type;

/** Marks tensor types whose elements are unsigned 16-bit integers, StableHLO's {@code ui16}. */
public non-sealed interface U16 extends Element {}
