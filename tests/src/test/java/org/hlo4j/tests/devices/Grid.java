package org.hlo4j.tests.devices;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** Four rows of eight. */
@TensorType("tensor<4x8xf32>")
public interface Grid extends F32 {}
