package org.hlo4j.examples.digits;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** From each hidden unit to each digit. */
@TensorType("tensor<128x10xf32>")
public interface ClassWeights extends F32 {}
