package org.hlo4j.tests.bench;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** Four floats. */
@TensorType("tensor<4xf32>")
public interface Quad extends F32 {}
