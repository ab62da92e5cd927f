package com.acme;

import com.acme.Minus.Pair;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;

/** A kernel among the tests. */
@Kernels
interface Scale {
  @Kernel(resource = "scale.mlir")
  DeviceBuffer<Pair> scale(Tensor<Pair> x);
}
