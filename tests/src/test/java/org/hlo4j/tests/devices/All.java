package org.hlo4j.tests.devices;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** Four times four floats. */
@TensorType("tensor<16xf32>")
public interface All extends F32 {}
