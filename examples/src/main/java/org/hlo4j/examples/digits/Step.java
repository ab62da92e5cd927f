package org.hlo4j.examples.digits;

import org.hlo4j.DeviceBuffer;

/** What a training step gives. */
public record Step(State state, DeviceBuffer<Loss> loss) {}
