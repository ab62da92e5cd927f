package org.hlo4j.examples.vignette;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** A matrix large enough for work on it to take a while. */
@TensorType("tensor<1000x1000xf32>")
public interface Large extends F32 {
  /** The number of rows, and of columns. */
  int SIZE = 1000;
}
