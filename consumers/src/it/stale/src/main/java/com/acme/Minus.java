package com.acme;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.Pipeline;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** A difference, and one of a difference. */
@Kernels
public interface Minus {
  @TensorType("tensor<2xf32>")
  interface Pair extends F32 {}

  @Kernel(resource = "minus.mlir")
  DeviceBuffer<Pair> minus(Tensor<Pair> x, Tensor<Pair> y);

  @Pipeline(
      """
      z = minus(x, y)
      w = minus(z, y)
      return w
      """)
  DeviceBuffer<Pair> twice(Tensor<Pair> x, Tensor<Pair> y);
}
