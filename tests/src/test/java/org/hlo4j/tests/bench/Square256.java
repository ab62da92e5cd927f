package org.hlo4j.tests.bench;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** A matrix of 256 rows. */
@TensorType("tensor<256x256xf32>")
public interface Square256 extends F32 {
  /** The number of rows, and of columns. */
  int ROWS = 256;
}
