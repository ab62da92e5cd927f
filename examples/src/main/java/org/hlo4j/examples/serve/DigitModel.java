package org.hlo4j.examples.serve;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;
import org.hlo4j.type.I32;
import org.hlo4j.type.U8;

/** What {@code train.py} has exported: a network of two hidden layers that reads digits. */
@Kernels
public interface DigitModel {
  /** As many digits as the program takes at a time. */
  int BATCH = 32;

  @TensorType("tensor<224xf32>")
  interface Bias extends F32 {}

  @TensorType("tensor<10xf32>")
  interface ClassBias extends F32 {}

  @TensorType("tensor<64x224xf32>")
  interface FromPixels extends F32 {}

  @TensorType("tensor<224x224xf32>")
  interface FromHidden extends F32 {}

  @TensorType("tensor<224x10xf32>")
  interface ToClasses extends F32 {}

  /** A row of 64 pixels for each image, from 0 (paper) to 16 (ink). */
  @TensorType("tensor<32x64xui8>")
  interface Images extends U8 {}

  @TensorType("tensor<32xi32>")
  interface Digits extends I32 {}

  @TensorType("tensor<32x10xf32>")
  interface Probabilities extends F32 {}

  @TensorType("tensor<1x64xui8>")
  interface Image extends U8 {}

  @TensorType("tensor<1xi32>")
  interface Digit extends I32 {}

  @TensorType("tensor<1x10xf32>")
  interface ProbabilitiesOfOne extends F32 {}

  /** In the order in which JAX flattens a dictionary: by name. */
  record Params(
      Tensor<Bias> b1,
      Tensor<Bias> b2,
      Tensor<ClassBias> b3,
      Tensor<FromPixels> w1,
      Tensor<FromHidden> w2,
      Tensor<ToClasses> w3) {}

  record Reading(DeviceBuffer<Digits> digits, DeviceBuffer<Probabilities> probabilities) {}

  record ReadingOfOne(DeviceBuffer<Digit> digit, DeviceBuffer<ProbabilitiesOfOne> probabilities) {}

  /** Reads a batch. */
  @Kernel(resource = "classify.mlir")
  Reading classify(Params params, Tensor<Images> images);

  /** Reads one image. */
  @Kernel(resource = "classify_one.mlir")
  ReadingOfOne classifyOne(Params params, Tensor<Image> image);
}
