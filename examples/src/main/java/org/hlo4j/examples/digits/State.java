package org.hlo4j.examples.digits;

/** All that a training step changes. */
public record State(Params params, Params momentum) {}
