package org.hlo4j.examples.digits;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.U8;

/** A batch of images: a row of 64 pixels from 0 to 16 for each. */
@TensorType("tensor<64x64xui8>")
public interface Images extends U8 {}
