package org.hlo4j.tests;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** A parameter of one megabyte. */
@TensorType("tensor<512x512xf32>")
public interface Weights extends F32 {}
