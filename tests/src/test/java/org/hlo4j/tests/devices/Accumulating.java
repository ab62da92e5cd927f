package org.hlo4j.tests.devices;

import org.hlo4j.Sharded;
import org.hlo4j.ShardedRef;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;

/** Kernels on four devices that write into variables. */
@Kernels
interface Accumulating {
  @Kernel(
      replicas = 4,
      value =
          """
          func.func @main(%sum: tensor<4xf32>, %x: tensor<4xf32>) -> tensor<4xf32> {
            %0 = stablehlo.add %sum, %x : tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """)
  void add(ShardedRef<Vec> sum, Sharded<Vec> x);
}
