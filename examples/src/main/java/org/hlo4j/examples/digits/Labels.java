package org.hlo4j.examples.digits;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.I32;

/** What each image of a batch shows. */
@TensorType("tensor<64xi32>")
public interface Labels extends I32 {}
