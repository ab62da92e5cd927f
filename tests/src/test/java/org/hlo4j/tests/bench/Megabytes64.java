package org.hlo4j.tests.bench;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** 64 MB of floats. */
@TensorType("tensor<16777216xf32>")
public interface Megabytes64 extends F32 {
  /** The number of elements. */
  int SIZE = 16 << 20;
}
