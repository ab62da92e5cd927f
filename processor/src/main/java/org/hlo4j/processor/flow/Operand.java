package org.hlo4j.processor.flow;

/** What an expression that is not yet used up has answered. */
record Operand(Value value, Mention mention) {}
