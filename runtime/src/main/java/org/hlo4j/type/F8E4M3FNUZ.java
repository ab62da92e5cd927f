package org.hlo4j.type;

/** Marks tensor types whose elements are StableHLO's {@code f8E4M3FNUZ}. */
public non-sealed interface F8E4M3FNUZ extends Element {}
