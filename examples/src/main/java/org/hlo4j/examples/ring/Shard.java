package org.hlo4j.examples.ring;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** What each device has. */
@TensorType("tensor<4xf32>")
public interface Shard extends F32 {
  /** The number of values. */
  int SIZE = 4;
}
