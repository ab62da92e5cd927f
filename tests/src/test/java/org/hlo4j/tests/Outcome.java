package org.hlo4j.tests;

import org.hlo4j.DeviceBuffer;

/** A record that holds a record, and a buffer. */
public record Outcome(Weighted next, DeviceBuffer<Scalar> total) {}
