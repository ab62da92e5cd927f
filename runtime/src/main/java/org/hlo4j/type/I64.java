package org.hlo4j.type;

/** Marks tensor types whose elements are signed 64-bit integers, StableHLO's {@code i64}. */
public non-sealed interface I64 extends Element {}
