package org.hlo4j.type;

/** Marks tensor types whose elements are unsigned 32-bit integers, StableHLO's {@code ui32}. */
public non-sealed interface U32 extends Element {}
