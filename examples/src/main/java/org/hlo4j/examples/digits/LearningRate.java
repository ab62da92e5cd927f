package org.hlo4j.examples.digits;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** How far a step goes against the gradient. */
@TensorType("tensor<f32>")
public interface LearningRate extends F32 {}
