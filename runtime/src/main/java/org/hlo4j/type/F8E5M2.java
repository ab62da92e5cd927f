package org.hlo4j.type;

/** Marks tensor types whose elements are StableHLO's {@code f8E5M2}. */
public non-sealed interface F8E5M2 extends Element {}
