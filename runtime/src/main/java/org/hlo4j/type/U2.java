package org.hlo4j.type;

/** Marks tensor types whose elements are unsigned 2-bit integers, StableHLO's {@code ui2}. */
public non-sealed interface U2 extends Element {}
