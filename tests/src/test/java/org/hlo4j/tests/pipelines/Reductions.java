package org.hlo4j.tests.pipelines;

import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.Pipeline;

/** Pipelines that start operations with regions of their own, written as JAX writes them. */
@Kernels
public interface Reductions {
  record Two(ShardedBuffer<Shard> first, ShardedBuffer<Shard> second) {}

  /** Gives what it took as well. */
  @Kernel(
      value =
          """
          #loc = loc("sum of %0")
          func.func @main(%arg0: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
            %0 = "stablehlo.all_reduce"(%arg0) <{
                replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>}> ({
            ^bb0(%arg1: tensor<f32> loc("%arg1"), %arg2: tensor<f32>):
              // "%arg1 and %arg2
              %1 = stablehlo.add %arg1, %arg2 : tensor<f32> loc(#loc)
              stablehlo.return %1 : tensor<f32>
            }) : (tensor<4xf32>) -> tensor<4xf32> loc(#loc)
            return %0, %arg0 : tensor<4xf32>, tensor<4xf32>
          }
          """,
      replicas = 4)
  Two sum(Sharded<Shard> x);

  @Kernel(
      value =
          """
          func.func @main(%arg0: tensor<4xf32>) -> tensor<4xf32> {
            %0 = stablehlo.add %arg0, %arg0 : tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """,
      replicas = 4)
  ShardedBuffer<Shard> twice(Sharded<Shard> x);

  @Pipeline(
      """
      f = start sum(x)
      g = start sum(x)
      z = twice(x)
      y, x1 = done f
      w, x2 = done g
      t = twice(w)
      return t, z
      """)
  Two sums(Sharded<Shard> x);
}
