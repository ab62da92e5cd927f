package org.hlo4j.tests.devices;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** Eight rows of four. */
@TensorType("tensor<8x4xf32>")
public interface Tall extends F32 {}
