package org.hlo4j.examples.digits;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** One for each hidden unit. */
@TensorType("tensor<128xf32>")
public interface HiddenBiases extends F32 {}
