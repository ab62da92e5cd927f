package org.hlo4j.type;

/** Marks tensor types whose elements are unsigned 64-bit integers, StableHLO's {@code ui64}. */
public non-sealed interface U64 extends Element {}
