package org.hlo4j.examples.digits;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** One for each digit. */
@TensorType("tensor<10xf32>")
public interface ClassBiases extends F32 {}
