package org.hlo4j.type;

/** Marks tensor types whose elements are StableHLO's {@code f8E3M4}. */
public non-sealed interface F8E3M4 extends Element {}
