package org.hlo4j.type;

/** Marks tensor types whose elements are unsigned 8-bit integers, StableHLO's {@code ui8}. */
public non-sealed interface U8 extends Element {}
