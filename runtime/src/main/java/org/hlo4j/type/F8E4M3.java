package org.hlo4j.type;

/** Marks tensor types whose elements are StableHLO's {@code f8E4M3}. */
public non-sealed interface F8E4M3 extends Element {}
