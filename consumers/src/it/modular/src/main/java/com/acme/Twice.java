package com.acme;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.I32;

/** A kernel. */
@Kernels
interface Twice {
  /** Three numbers. */
  @TensorType("tensor<3xi32>")
  interface Three extends I32 {}

  /** {@code x + x} */
  @Kernel("""
      func.func @main(%x: tensor<3xi32>) -> tensor<3xi32> {
        %0 = stablehlo.add %x, %x : tensor<3xi32>
        return %0 : tensor<3xi32>
      }
      """)
  DeviceBuffer<Three> twice(Tensor<Three> x);
}
