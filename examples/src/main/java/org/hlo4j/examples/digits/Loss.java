package org.hlo4j.examples.digits;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** The loss of a step: smoothed cross-entropy, less the best that could be had. */
@TensorType("tensor<f32>")
public interface Loss extends F32 {}
