package org.hlo4j.tests;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Ref;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;
import org.hlo4j.type.I32;

/** Kernels that run on the device until a {@link Gate} is opened, and the same without one. */
@Kernels
public interface Gated {
  /** Large enough for a program not to run on the thread that starts it. */
  @TensorType("tensor<64x64xf32>")
  interface Grid extends F32 {}

  /** Zero while a gate is shut. */
  @TensorType("tensor<i32>")
  interface Flag extends I32 {}

  /** What {@link #split} makes. */
  record Parts(DeviceBuffer<Grid> twice, DeviceBuffer<Grid> thrice) {}

  /** x + y, when the gate is open. Whole numbers stay as they are, however often it is looked. */
  @Kernel(
      """
      func.func @main(%gate: tensor<i32>, %x: tensor<64x64xf32>, %y: tensor<64x64xf32>)
          -> tensor<64x64xf32> {
        %0:2 = stablehlo.while(%g = %gate, %v = %x) : tensor<i32>, tensor<64x64xf32>
        cond {
          %shut = stablehlo.constant dense<0> : tensor<i32>
          %1 = stablehlo.compare EQ, %g, %shut : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %1 : tensor<i1>
        } do {
          %1 = stablehlo.floor %v : tensor<64x64xf32>
          stablehlo.return %g, %1 : tensor<i32>, tensor<64x64xf32>
        }
        %2 = stablehlo.add %0#1, %y : tensor<64x64xf32>
        return %2 : tensor<64x64xf32>
      }
      """)
  DeviceBuffer<Grid> addWhenOpen(Tensor<Flag> gate, Tensor<Grid> x, Tensor<Grid> y);

  /** sum = 2 * sum + x, when the gate is open. */
  @Kernel(
      """
      func.func @main(%sum: tensor<64x64xf32>, %gate: tensor<i32>, %x: tensor<64x64xf32>)
          -> tensor<64x64xf32> {
        %0:2 = stablehlo.while(%g = %gate, %v = %x) : tensor<i32>, tensor<64x64xf32>
        cond {
          %shut = stablehlo.constant dense<0> : tensor<i32>
          %1 = stablehlo.compare EQ, %g, %shut : (tensor<i32>, tensor<i32>) -> tensor<i1>
          stablehlo.return %1 : tensor<i1>
        } do {
          %1 = stablehlo.floor %v : tensor<64x64xf32>
          stablehlo.return %g, %1 : tensor<i32>, tensor<64x64xf32>
        }
        %2 = stablehlo.add %sum, %sum : tensor<64x64xf32>
        %3 = stablehlo.add %2, %0#1 : tensor<64x64xf32>
        return %3 : tensor<64x64xf32>
      }
      """)
  void foldWhenOpen(Ref<Grid> sum, Tensor<Flag> gate, Tensor<Grid> x);

  /** sum = 2 * sum + x, so that the order of two calls shows. */
  @Kernel(
      """
      func.func @main(%sum: tensor<64x64xf32>, %x: tensor<64x64xf32>) -> tensor<64x64xf32> {
        %0 = stablehlo.add %sum, %sum : tensor<64x64xf32>
        %1 = stablehlo.add %0, %x : tensor<64x64xf32>
        return %1 : tensor<64x64xf32>
      }
      """)
  void fold(Ref<Grid> sum, Tensor<Grid> x);

  /** Adds one variable to another. */
  @Kernel(
      """
      func.func @main(%to: tensor<64x64xf32>, %from: tensor<64x64xf32>)
          -> (tensor<64x64xf32>, tensor<64x64xf32>) {
        %0 = stablehlo.add %to, %from : tensor<64x64xf32>
        %1 = stablehlo.subtract %from, %from : tensor<64x64xf32>
        return %0, %1 : tensor<64x64xf32>, tensor<64x64xf32>
      }
      """)
  void pour(Ref<Grid> to, Ref<Grid> from);

  /** x + y. */
  @Kernel(
      """
      func.func @main(%x: tensor<64x64xf32>, %y: tensor<64x64xf32>) -> tensor<64x64xf32> {
        %0 = stablehlo.add %x, %y : tensor<64x64xf32>
        return %0 : tensor<64x64xf32>
      }
      """)
  DeviceBuffer<Grid> add(Tensor<Grid> x, Tensor<Grid> y);

  /** Twice x, in its memory, and three times x. */
  @Kernel(
      """
      func.func @main(%x: tensor<64x64xf32>) -> (tensor<64x64xf32>, tensor<64x64xf32>) {
        %0 = stablehlo.add %x, %x : tensor<64x64xf32>
        %1 = stablehlo.add %0, %x : tensor<64x64xf32>
        return %0, %1 : tensor<64x64xf32>, tensor<64x64xf32>
      }
      """)
  Parts split(@Donated Tensor<Grid> x);
}
