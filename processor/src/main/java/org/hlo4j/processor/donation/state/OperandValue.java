package org.hlo4j.processor.donation.state;

/** The value of an expression whose evaluation is not complete. */
public record OperandValue(AccessPath value, Mention mention) {}
