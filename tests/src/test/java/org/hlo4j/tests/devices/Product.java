package org.hlo4j.tests.devices;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** Four rows of four. */
@TensorType("tensor<4x4xf32>")
public interface Product extends F32 {}
