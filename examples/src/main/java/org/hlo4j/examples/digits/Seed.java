package org.hlo4j.examples.digits;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.I32;

/** The seed of the first weights. */
@TensorType("tensor<i32>")
public interface Seed extends I32 {}
