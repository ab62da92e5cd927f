package org.hlo4j.tests.devices;

import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;

/** Each collective operation, over four replicas. */
@Kernels
public interface Collectives {
  /** What a replica knows, and its number. */
  record Known(Sharded<Vec> values, ShardedBuffer<Ordinal> replica) {}

  /** Two vectors. */
  record Pair(Sharded<Vec> left, Sharded<Vec> right) {}

  @Kernel(
      value =
          """
          func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
            %0 = "stablehlo.all_reduce"(%x) <{
                replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>}> ({
            ^bb0(%a: tensor<f32>, %b: tensor<f32>):
              %s = stablehlo.add %a, %b : tensor<f32>
              stablehlo.return %s : tensor<f32>
            }) : (tensor<4xf32>) -> tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """,
      replicas = 4)
  ShardedBuffer<Vec> allReduce(Sharded<Vec> x);

  @Kernel(
      value =
          """
          func.func @main(%x: tensor<4xf32>) -> tensor<16xf32> {
            %0 = "stablehlo.all_gather"(%x) <{all_gather_dim = 0 : i64,
                replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>}>
                : (tensor<4xf32>) -> tensor<16xf32>
            return %0 : tensor<16xf32>
          }
          """,
      replicas = 4)
  ShardedBuffer<All> allGather(Sharded<Vec> x);

  @Kernel(
      value =
          """
          func.func @main(%x: tensor<4xf32>) -> tensor<1xf32> {
            %0 = "stablehlo.reduce_scatter"(%x) <{scatter_dimension = 0 : i64,
                replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>}> ({
            ^bb0(%a: tensor<f32>, %b: tensor<f32>):
              %s = stablehlo.add %a, %b : tensor<f32>
              stablehlo.return %s : tensor<f32>
            }) : (tensor<4xf32>) -> tensor<1xf32>
            return %0 : tensor<1xf32>
          }
          """,
      replicas = 4)
  ShardedBuffer<One> reduceScatter(Sharded<Vec> x);

  @Kernel(
      value =
          """
          func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
            %0 = "stablehlo.all_to_all"(%x) <{split_dimension = 0 : i64, concat_dimension = 0 : i64,
                split_count = 4 : i64, replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>}>
                : (tensor<4xf32>) -> tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """,
      replicas = 4)
  ShardedBuffer<Vec> allToAll(Sharded<Vec> x);

  /** To the next replica, and from the last to the first. */
  @Kernel(
      value =
          """
          func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
            %0 = "stablehlo.collective_permute"(%x) <{
                source_target_pairs = dense<[[0, 1], [1, 2], [2, 3], [3, 0]]> : tensor<4x2xi64>}>
                : (tensor<4xf32>) -> tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """,
      replicas = 4)
  ShardedBuffer<Vec> permute(Sharded<Vec> x);

  @Kernel(
      value =
          """
          func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
            %0 = stablehlo.add %x, %x : tensor<4xf32>
            return %0 : tensor<4xf32>
          }
          """,
      replicas = 4)
  ShardedBuffer<Vec> twiceInPlace(@Donated Sharded<Vec> x);

  /** The values as they are, and the number of the replica that has them. */
  @Kernel(
      value =
          """
          func.func @main(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<ui32>) {
            %0 = stablehlo.replica_id : tensor<ui32>
            return %x, %0 : tensor<4xf32>, tensor<ui32>
          }
          """,
      replicas = 4)
  Known know(Sharded<Vec> x);

  @Kernel(
      value =
          """
          func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
            %0 = stablehlo.negate %x : tensor<4xf32>
            return %y, %0 : tensor<4xf32>, tensor<4xf32>
          }
          """,
      replicas = 4)
  Pair swap(Pair pair);

  @Kernel(value = "func.func @main() { return }", replicas = 4)
  void nothing();
}
