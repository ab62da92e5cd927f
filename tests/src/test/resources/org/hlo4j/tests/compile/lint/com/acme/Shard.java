package com.acme;
import org.hlo4j.*;
import org.hlo4j.annotation.*;
import org.hlo4j.type.*;
@Kernels
public interface Shard extends Base {
  @TensorType("tensor<4xf32>") interface V extends F32 {}
  @TensorType("tensor<f32>") interface S extends F32 {}
  record Out(ShardedBuffer<V> sum, ShardedBuffer<V> x) {}
  @Kernel("""
    module @m attributes {mhlo.num_replicas = 4 : i32} {
    func.func @main(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
      %0 = "stablehlo.all_reduce"(%x) ({ ^bb0(%a: tensor<f32>, %b: tensor<f32>):
         %s = stablehlo.add %a, %b : tensor<f32>
         stablehlo.return %s : tensor<f32> }) {replica_groups = dense<[[0,1,2,3]]> : tensor<1x4xi64>} : (tensor<4xf32>) -> tensor<4xf32>
      return %0, %x : tensor<4xf32>, tensor<4xf32> } }
    """)
  Out reduce(Sharded<V> x);
  static void helper() {}
  default void other(int... x) {}
}
interface Base { default int five() { return 5; } }
