package org.hlo4j.tests;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Ref;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;

/** Kernels that the tests call. */
@Kernels
public interface Arithmetic {
  @Kernel(
      """
      func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.add %x, %y : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """)
  DeviceBuffer<Vec> add(Tensor<Vec> x, Tensor<Vec> y);

  /** Doubles in the memory of its argument. */
  @Kernel(
      """
      func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.add %x, %x : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """)
  DeviceBuffer<Vec> twiceInPlace(@Donated Tensor<Vec> x);

  /** Adds in the memory of the first argument. */
  @Kernel(
      """
      func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32}, %y: tensor<4xf32>)
          -> tensor<4xf32> {
        %0 = stablehlo.add %x, %y : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """)
  DeviceBuffer<Vec> addInto(@Donated Tensor<Vec> x, Tensor<Vec> y);

  /** Adds one to each weight, in the weights' own memory. */
  @Kernel(
      signature = "(%w: tensor<512x512xf32>) -> tensor<512x512xf32>",
      value =
          """
            %one = stablehlo.constant dense<1.0> : tensor<512x512xf32>
            %0 = stablehlo.add %w, %one : tensor<512x512xf32>
            return %0 : tensor<512x512xf32>
          """)
  DeviceBuffer<Weights> increment(@Donated Tensor<Weights> w);

  /** Scales the values, keeps the weight, and sums what came out. */
  @Kernel(
      """
      func.func @main(%values: tensor<4xf32>, %weight: tensor<f32>)
          -> (tensor<4xf32>, tensor<f32>, tensor<f32>) {
        %w = stablehlo.broadcast_in_dim %weight, dims = [] : (tensor<f32>) -> tensor<4xf32>
        %0 = stablehlo.multiply %values, %w : tensor<4xf32>
        %zero = stablehlo.constant dense<0.0> : tensor<f32>
        %1 = stablehlo.reduce(%0 init: %zero) applies stablehlo.add across dimensions = [0]
            : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
        %2 = stablehlo.add %weight, %zero : tensor<f32>
        return %0, %2, %1 : tensor<4xf32>, tensor<f32>, tensor<f32>
      }
      """)
  Outcome scale(Weighted input);

  /** Makes a record of tensors out of nothing. */
  @Kernel(
      """
      func.func @main() -> (tensor<4xf32>, tensor<f32>) {
        %0 = stablehlo.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
        %1 = stablehlo.constant dense<2.0> : tensor<f32>
        return %0, %1 : tensor<4xf32>, tensor<f32>
      }
      """)
  Weighted start();

  /** Takes something and gives nothing. */
  @Kernel(
      """
      func.func @main(%x: tensor<4xf32>) {
        return
      }
      """)
  void swallow(Tensor<Vec> x);

  /** Adds to a variable. */
  @Kernel(
      """
      func.func @main(%sum: tensor<4xf32>, %x: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.add %sum, %x : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """)
  void accumulate(Ref<Vec> sum, Tensor<Vec> x);

  /** Exchanges a variable's value; the program says which output is whose. */
  @Kernel(
      """
      func.func @main(%x: tensor<4xf32>, %variable: tensor<4xf32> {tf.aliasing_output = 1 : i32})
          -> (tensor<4xf32>, tensor<4xf32>, tensor<f32>) {
        %zero = stablehlo.constant dense<0.0> : tensor<f32>
        %0 = stablehlo.add %variable, %variable : tensor<4xf32>
        %1 = stablehlo.negate %x : tensor<4xf32>
        %2 = stablehlo.reduce(%x init: %zero) applies stablehlo.add across dimensions = [0]
            : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
        return %0, %1, %2 : tensor<4xf32>, tensor<4xf32>, tensor<f32>
      }
      """)
  Weighted exchange(Tensor<Vec> x, Ref<Vec> variable);

  /** A matrix product that takes some milliseconds. */
  @Kernel(
      """
      func.func @main(%x: tensor<1000x1000xf32>) -> tensor<1000x1000xf32> {
        %0 = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0]
            : (tensor<1000x1000xf32>, tensor<1000x1000xf32>) -> tensor<1000x1000xf32>
        return %0 : tensor<1000x1000xf32>
      }
      """)
  DeviceBuffer<Big> square(Tensor<Big> x);
}
