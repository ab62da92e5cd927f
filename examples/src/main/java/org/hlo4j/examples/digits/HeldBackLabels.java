package org.hlo4j.examples.digits;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.I32;

/** What the network takes each held-back image for. */
@TensorType("tensor<359xi32>")
public interface HeldBackLabels extends I32 {}
