package com.acme;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** A layer. */
@Kernels
public interface Dense {
  /** The input and the output. */
  @TensorType("tensor<2xf32>")
  interface Row extends F32 {}

  /** The weights. */
  @TensorType("tensor<2x2xf32>")
  interface Weights extends F32 {}

  /** What was learned. */
  record Params(Tensor<Weights> w, Tensor<Row> b) {}

  /** {@code x * w + b}, in the memory of x. */
  @Kernel(resource = "forward.mlir")
  DeviceBuffer<Row> forward(Params params, @Donated Tensor<Row> x);
}
