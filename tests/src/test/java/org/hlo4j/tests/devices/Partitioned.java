package org.hlo4j.tests.devices;

import org.hlo4j.Sharded;
import org.hlo4j.ShardedBuffer;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;

/** Programs whose data is spread over four devices. */
@Kernels
public interface Partitioned {
  /** Weights and what they are multiplied with. */
  record Operands(Sharded<Grid> left, Sharded<Tall> right) {}

  /** A product on a grid of two by two devices, in Shardy's dialect. */
  @Kernel(
      value =
          """
          module attributes {mhlo.num_partitions = 4 : i32} {
            sdy.mesh @mesh = <["x"=2, "y"=2]>
            func.func @main(
                %a: tensor<4x8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x"}, {"y"}]>},
                %b: tensor<8x4xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"y"}, {}]>})
                -> (tensor<4x4xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"x"}, {"y"}]>}) {
              %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
                  : (tensor<4x8xf32>, tensor<8x4xf32>) -> tensor<4x4xf32>
              return %0 : tensor<4x4xf32>
            }
          }
          """)
  ShardedBuffer<Product> shardy(Operands operands);

  /** The same with GSPMD's attributes, and another order of the devices. */
  @Kernel(
      value =
          """
          func.func @main(
              %a: tensor<4x8xf32> {mhlo.sharding = "{devices=[2,2]<=[2,2]T(1,0)}"},
              %b: tensor<8x4xf32> {mhlo.sharding = "{devices=[1,2,2]3,1,2,0 last_tile_dim_replicate}"})
              -> (tensor<4x4xf32> {mhlo.sharding = "{devices=[4,1]<=[4]}"}) {
            %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0]
                : (tensor<4x8xf32>, tensor<8x4xf32>) -> tensor<4x4xf32>
            return %0 : tensor<4x4xf32>
          }
          """,
      partitions = 4)
  ShardedBuffer<Product> gspmd(Sharded<Grid> a, Sharded<Tall> b);

  @Kernel(
      value =
          """
          func.func @main(%a: tensor<4x8xf32> {mhlo.sharding = "{devices=[1,4]<=[4]}"})
              -> (tensor<4x8xf32> {mhlo.sharding = "{devices=[1,4]<=[4]}"}) {
            %0 = stablehlo.negate %a : tensor<4x8xf32>
            return %0 : tensor<4x8xf32>
          }
          """,
      partitions = 4)
  ShardedBuffer<Grid> negateInPlace(@Donated Sharded<Grid> a);

  /** Neither input nor output says how it is spread. */
  @Kernel(
      value =
          """
          func.func @main(%a: tensor<4x8xf32>) -> (tensor<4x8xf32>) {
            %0 = stablehlo.add %a, %a : tensor<4x8xf32>
            return %0 : tensor<4x8xf32>
          }
          """,
      partitions = 4)
  ShardedBuffer<Grid> unsaid(Sharded<Grid> a);

  /** An input is returned in another order, and unchanged. */
  @Kernel(
      value =
          """
          func.func @main(%a: tensor<4x8xf32> {mhlo.sharding = "{devices=[4,1]<=[4]}"})
              -> (tensor<4x8xf32> {mhlo.sharding = "{devices=[1,4]<=[4]}"}) {
            return %a : tensor<4x8xf32>
          }
          """,
      partitions = 4)
  ShardedBuffer<Grid> respread(Sharded<Grid> a);

  /** Sums of each of two replicas, whose rows are on two devices each. */
  @Kernel(
      value =
          """
          func.func @main(%a: tensor<4x8xf32> {mhlo.sharding = "{devices=[2,1]<=[2]}"})
              -> (tensor<4x8xf32> {mhlo.sharding = "{devices=[2,1]<=[2]}"}) {
            %0 = "stablehlo.all_reduce"(%a) <{
                replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
            ^bb0(%x: tensor<f32>, %y: tensor<f32>):
              %s = stablehlo.add %x, %y : tensor<f32>
              stablehlo.return %s : tensor<f32>
            }) : (tensor<4x8xf32>) -> tensor<4x8xf32>
            return %0 : tensor<4x8xf32>
          }
          """,
      replicas = 2,
      partitions = 2)
  ShardedBuffer<Grid> replicasOfPartitions(Sharded<Grid> a);
}
