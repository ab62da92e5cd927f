package org.hlo4j.tests;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.I32;

/** Four integers, of the same size in bytes as {@link Vec}. */
@TensorType("tensor<4xi32>")
public interface Ints extends I32 {}
