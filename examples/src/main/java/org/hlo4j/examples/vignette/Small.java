package org.hlo4j.examples.vignette;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** A matrix small enough to print. */
@TensorType("tensor<2x2xf32>")
public interface Small extends F32 {}
