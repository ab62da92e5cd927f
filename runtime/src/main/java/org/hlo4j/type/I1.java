package org.hlo4j.type;

/** Marks tensor types whose elements are booleans, StableHLO's {@code i1} (PJRT's PRED). */
public non-sealed interface I1 extends Element {}
