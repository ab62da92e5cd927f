package org.hlo4j.type;

/** Marks tensor types whose elements are StableHLO's {@code f8E5M2FNUZ}. */
public non-sealed interface F8E5M2FNUZ extends Element {}
