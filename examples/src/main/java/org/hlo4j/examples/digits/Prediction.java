package org.hlo4j.examples.digits;

import org.hlo4j.DeviceBuffer;

/** What the network takes the held-back images for. */
public record Prediction(
    DeviceBuffer<HeldBackLabels> labels, DeviceBuffer<Probabilities> probabilities) {}
