package org.hlo4j.tests.bench;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** One float. */
@TensorType("tensor<f32>")
public interface Total extends F32 {}
