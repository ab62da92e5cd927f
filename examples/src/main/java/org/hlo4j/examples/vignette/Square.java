package org.hlo4j.examples.vignette;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** A matrix of the mini training loop. */
@TensorType("tensor<100x100xf32>")
public interface Square extends F32 {
  /** The number of rows, and of columns. */
  int SIZE = 100;
}
