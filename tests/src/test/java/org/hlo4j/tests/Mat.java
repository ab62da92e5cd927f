package org.hlo4j.tests;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** Two rows of three. */
@TensorType("tensor<2x3xf32>")
public interface Mat extends F32 {}
