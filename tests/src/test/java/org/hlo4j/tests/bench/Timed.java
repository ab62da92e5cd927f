package org.hlo4j.tests.bench;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;

/** The programs that are timed. The peers in C and JAX have the same ones. */
@Kernels
public interface Timed {
  /** {@code x + y}. */
  @Kernel(
      """
      func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.add %x, %y : tensor<4xf32>
        return %0 : tensor<4xf32>
      }
      """)
  DeviceBuffer<Quad> add(Tensor<Quad> x, Tensor<Quad> y);

  /** One step of a gradient descent to all ones, in the parameters' own memory. */
  @Kernel(
      """
      func.func @main(%w: tensor<13107200xf32>) -> tensor<13107200xf32> {
        %rate = stablehlo.constant dense<0.01> : tensor<13107200xf32>
        %one = stablehlo.constant dense<1.0> : tensor<13107200xf32>
        %gradient = stablehlo.subtract %w, %one : tensor<13107200xf32>
        %step = stablehlo.multiply %gradient, %rate : tensor<13107200xf32>
        %next = stablehlo.subtract %w, %step : tensor<13107200xf32>
        return %next : tensor<13107200xf32>
      }
      """)
  DeviceBuffer<Parameters> train(@Donated Tensor<Parameters> w);

  /** The sum of {@code tanh(x w)}. */
  @Kernel(
      """
      func.func @main(%x: tensor<256x256xf32>, %w: tensor<256x256xf32>) -> tensor<f32> {
        %0 = stablehlo.dot_general %x, %w, contracting_dims = [1] x [0]
            : (tensor<256x256xf32>, tensor<256x256xf32>) -> tensor<256x256xf32>
        %1 = stablehlo.tanh %0 : tensor<256x256xf32>
        %zero = stablehlo.constant dense<0.0> : tensor<f32>
        %2 = stablehlo.reduce(%1 init: %zero) applies stablehlo.add across dimensions = [0, 1]
            : (tensor<256x256xf32>, tensor<f32>) -> tensor<f32>
        return %2 : tensor<f32>
      }
      """)
  DeviceBuffer<Total> dense(Tensor<Square256> x, Tensor<Square256> w);

  /** The matrix product {@code x x}. */
  @Kernel(
      """
      func.func @main(%x: tensor<1000x1000xf32>) -> tensor<1000x1000xf32> {
        %0 = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0]
            : (tensor<1000x1000xf32>, tensor<1000x1000xf32>) -> tensor<1000x1000xf32>
        return %0 : tensor<1000x1000xf32>
      }
      """)
  DeviceBuffer<Square1000> square(Tensor<Square1000> x);
}
