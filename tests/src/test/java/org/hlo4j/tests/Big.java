package org.hlo4j.tests;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** A matrix that takes a while. */
@TensorType("tensor<1000x1000xf32>")
public interface Big extends F32 {}
