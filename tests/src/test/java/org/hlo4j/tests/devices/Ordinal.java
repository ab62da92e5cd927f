package org.hlo4j.tests.devices;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.U32;

/** A number of a device. */
@TensorType("tensor<ui32>")
public interface Ordinal extends U32 {}
