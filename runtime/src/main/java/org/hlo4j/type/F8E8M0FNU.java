package org.hlo4j.type;

/** Marks tensor types whose elements are StableHLO's {@code f8E8M0FNU}. */
public non-sealed interface F8E8M0FNU extends Element {}
