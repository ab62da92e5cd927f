package org.hlo4j.type;

/** Marks tensor types whose elements are StableHLO's {@code f4E2M1FN}. */
public non-sealed interface F4E2M1FN extends Element {}
