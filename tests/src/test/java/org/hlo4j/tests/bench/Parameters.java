package org.hlo4j.tests.bench;

import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** 50 MB of parameters. */
@TensorType("tensor<13107200xf32>")
public interface Parameters extends F32 {
  /** The number of elements. */
  int SIZE = 13_107_200;
}
