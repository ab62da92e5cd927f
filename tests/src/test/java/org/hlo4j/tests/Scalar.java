package org.hlo4j.tests;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** One float. */
@TensorType("tensor<f32>")
public interface Scalar extends F32 {}
