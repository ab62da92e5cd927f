package org.hlo4j.tests.devices;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** One float. */
@TensorType("tensor<1xf32>")
public interface One extends F32 {}
