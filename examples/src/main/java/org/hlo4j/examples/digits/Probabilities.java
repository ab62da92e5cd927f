package org.hlo4j.examples.digits;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** How sure the network is that a held-back image is which digit. */
@TensorType("tensor<359x10xf32>")
public interface Probabilities extends F32 {}
