package org.hlo4j.type;

/** Marks tensor types whose elements are bfloat16 numbers, StableHLO's {@code bf16}. */
public non-sealed interface BF16 extends Element {}
