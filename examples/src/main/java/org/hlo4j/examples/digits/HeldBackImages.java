package org.hlo4j.examples.digits;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.U8;

/** The images that are held back for the test. */
@TensorType("tensor<359x64xui8>")
public interface HeldBackImages extends U8 {}
