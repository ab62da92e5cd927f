package org.hlo4j.type;

/** Marks tensor types whose elements are signed 32-bit integers, StableHLO's {@code i32}. */
public non-sealed interface I32 extends Element {}
