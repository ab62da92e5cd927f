package org.hlo4j.tests.pipelines;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;

/** Kernels that others inherit. */
@Kernels
public interface OneDeviceBase {
  record Swapped(Tensor<Shard> first, Tensor<Shard> second) {}

  @Kernel(
      """
      func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.add %x, %x : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """)
  DeviceBuffer<Shard> inherited(Tensor<Shard> x);

  /** Both are forwarded: nothing is computed. */
  @Kernel(
      """
      func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
        return %y, %x : tensor<4xf32>, tensor<4xf32>
      }
      """)
  Swapped swap(Tensor<Shard> x, Tensor<Shard> y);
}
