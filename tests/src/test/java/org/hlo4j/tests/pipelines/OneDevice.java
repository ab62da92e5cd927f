package org.hlo4j.tests.pipelines;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Ref;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.Pipeline;

/** Pipelines on one device, of programs that bring more than one function, and records. */
@Kernels
public interface OneDevice extends OneDeviceBase {
  record Params(Tensor<Shard> weights, Bias bias) {}

  record Bias(Tensor<Shard> value) {}

  record Step(DeviceBuffer<Shard> weights, DeviceBuffer<Pair> ends) {}

  /** Two functions, an alias, a constant, and a name that another kernel's function has as well. */
  @Kernel(
      """
      #ends = loc("ends")
      func.func private @helper(%x: tensor<4xf32>) -> tensor<2xf32> {
        %0 = stablehlo.slice %x [1:3] : (tensor<4xf32>) -> tensor<2xf32> loc(#ends)
        return %0 : tensor<2xf32>
      }
      func.func @main(%w: tensor<4xf32>, %b: tensor<4xf32>) -> (tensor<4xf32>, tensor<2xf32>) {
        %c = stablehlo.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
        %0 = stablehlo.multiply %w, %c : tensor<4xf32>
        %1 = stablehlo.add %0, %b : tensor<4xf32>
        %2 = func.call @helper(%1) : (tensor<4xf32>) -> tensor<2xf32>
        return %1, %2 : tensor<4xf32>, tensor<2xf32>
      }
      """)
  Step step(Params params);

  @Kernel(
      """
      func.func private @helper(%x: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.negate %x : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
        %0 = func.call @helper(%x) : (tensor<4xf32>) -> tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """)
  DeviceBuffer<Shard> negate(Tensor<Shard> x);

  @Kernel(
      """
      func.func @main(%sum: tensor<4xf32>, %x: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.add %sum, %x : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """)
  void accumulate(Ref<Shard> sum, Tensor<Shard> x);

  @Pipeline(
      """
      s = step(params)                       // a record, whole
      bias = negate(params.bias.value)       # and a component of one
      f = start negate(s.weights)
      n = start negate(bias)
      w = done f; b = done n
      return w, s.ends
      """)
  Step records(Params params);

  @Pipeline(
      """
      repeat 3 {
        accumulate(total, x)
        f = start negate(x)
        in order {
          accumulate(total, x)
          accumulate(total, x)
        }
        y = done f
        accumulate(total, y)
      }
      """)
  void countUp(Ref<Shard> total, Tensor<Shard> x);

  @Pipeline(
      """
      a, b = swap(x, y)
      repeat 5 (a, b) {
        a, b = b, a
      }
      return a, b
      """)
  Swapped swapOften(Tensor<Shard> x, Tensor<Shard> y);

  @Pipeline(
      """
      repeat 2 (x) {
        repeat 3 (x) {
          x = inherited(x)
        }
      }
      return x
      """)
  DeviceBuffer<Shard> nested(Tensor<Shard> x);
}
