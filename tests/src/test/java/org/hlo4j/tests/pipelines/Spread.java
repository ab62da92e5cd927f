package org.hlo4j.tests.pipelines;

import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.Pipeline;

/** Pipelines of programs whose data is spread over four devices, as JAX exports them. */
@Kernels
public interface Spread {
  record Two(ShardedBuffer<Rows> y, ShardedBuffer<Rows> z) {}

  @Kernel(
      """
      module @jit_permute attributes {mhlo.num_partitions = 4 : i32, mhlo.num_replicas = 1 : i32} {
        sdy.mesh @mesh = <["x"=4]>
        func.func public @main(
            %arg0: tensor<8x2xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x"}, {}]>})
            -> (tensor<8x2xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x"}, {}]>}) {
          %0 = sdy.manual_computation(%arg0) in_shardings=[<@mesh, [{"x"}, {}]>]
              out_shardings=[<@mesh, [{"x"}, {}]>] manual_axes={"x"} (%arg1: tensor<2x2xf32>) {
            %1 = "stablehlo.collective_permute"(%arg1) <{
                channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>,
                source_target_pairs = dense<[[0, 1], [1, 2], [2, 3], [3, 0]]> : tensor<4x2xi64>}>
                : (tensor<2x2xf32>) -> tensor<2x2xf32>
            sdy.return %1 : tensor<2x2xf32>
          } : (tensor<8x2xf32>) -> tensor<8x2xf32>
          return %0 : tensor<8x2xf32>
        }
      }
      """)
  ShardedBuffer<Rows> permute(Sharded<Rows> x);

  @Kernel(
      """
      module @jit_twice attributes {mhlo.num_partitions = 4 : i32, mhlo.num_replicas = 1 : i32} {
        sdy.mesh @mesh = <["x"=4]>
        func.func public @main(
            %arg0: tensor<8x2xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x"}, {}]>})
            -> (tensor<8x2xf32> {jax.result_info = "result",
                sdy.sharding = #sdy.sharding<@mesh, [{"x"}, {}]>}) {
          %0 = stablehlo.add %arg0, %arg0 : tensor<8x2xf32>
          return %0 : tensor<8x2xf32>
        }
      }
      """)
  ShardedBuffer<Rows> twice(Sharded<Rows> x);

  /** Another mesh of the same name, which an alias mentions. */
  @Kernel(
      """
      #rows = #sdy.sharding<@mesh, [{"y"}, {}]>
      module @jit_negate attributes {mhlo.num_partitions = 4 : i32, mhlo.num_replicas = 1 : i32} {
        sdy.mesh @mesh = <["y"=2, "z"=2]>
        func.func public @main(%arg0: tensor<8x2xf32> {sdy.sharding = #rows})
            -> (tensor<8x2xf32> {sdy.sharding = #rows}) {
          %0 = stablehlo.negate %arg0 : tensor<8x2xf32>
          return %0 : tensor<8x2xf32>
        }
      }
      """)
  ShardedBuffer<Rows> negate(Sharded<Rows> x);

  @Pipeline(
      """
      z = twice(x)
      y = negate(z)
      return y, z
      """)
  Two twoMeshes(Sharded<Rows> x);

  @Pipeline(
      """
      f = start permute(x)
      z = twice(x)
      repeat 4 (f, z) {
        y = done f
        z = twice(z)
        f = start permute(y)
      }
      y = done f
      return y, z
      """)
  Two around(@Donated Sharded<Rows> x);
}
