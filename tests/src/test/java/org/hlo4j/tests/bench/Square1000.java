package org.hlo4j.tests.bench;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** A matrix of 1000 rows. */
@TensorType("tensor<1000x1000xf32>")
public interface Square1000 extends F32 {
  /** The number of rows, and of columns. */
  int ROWS = 1000;
}
