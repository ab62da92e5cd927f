package org.hlo4j.examples.digits;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** From each pixel to each hidden unit. */
@TensorType("tensor<64x128xf32>")
public interface HiddenWeights extends F32 {}
