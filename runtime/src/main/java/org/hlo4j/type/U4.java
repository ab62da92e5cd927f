package org.hlo4j.type;

/** Marks tensor types whose elements are unsigned 4-bit integers, StableHLO's {@code ui4}. */
public non-sealed interface U4 extends Element {}
