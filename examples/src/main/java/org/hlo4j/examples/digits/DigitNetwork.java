package org.hlo4j.examples.digits;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;
import org.hlo4j.type.I32;
import org.hlo4j.type.U8;

/** A network with one hidden layer that reads digits. The programs are exported from JAX. */
@Kernels
public interface DigitNetwork {
  /** A batch of images: a row of 64 pixels from 0 to 16 for each. */
  @TensorType("tensor<64x64xui8>")
  interface Images extends U8 {}

  /** The images that are held back for the test. */
  @TensorType("tensor<359x64xui8>")
  interface HeldBackImages extends U8 {}

  /** What each image of a batch shows. */
  @TensorType("tensor<64xi32>")
  interface Labels extends I32 {}

  /** What the network takes each held-back image for. */
  @TensorType("tensor<359xi32>")
  interface HeldBackLabels extends I32 {}

  /** The seed of the first weights. */
  @TensorType("tensor<i32>")
  interface Seed extends I32 {}

  /** How far a step goes against the gradient. */
  @TensorType("tensor<f32>")
  interface LearningRate extends F32 {}

  /** The loss of a step: smoothed cross-entropy, less the best that could be had. */
  @TensorType("tensor<f32>")
  interface Loss extends F32 {}

  /** How sure the network is that a held-back image is which digit. */
  @TensorType("tensor<359x10xf32>")
  interface Probabilities extends F32 {}

  /** From each pixel to each hidden unit. */
  @TensorType("tensor<64x128xf32>")
  interface HiddenWeights extends F32 {}

  /** One for each hidden unit. */
  @TensorType("tensor<128xf32>")
  interface HiddenBiases extends F32 {}

  /** From each hidden unit to each digit. */
  @TensorType("tensor<128x10xf32>")
  interface ClassWeights extends F32 {}

  /** One for each digit. */
  @TensorType("tensor<10xf32>")
  interface ClassBiases extends F32 {}

  /** The parameters of the network, or what goes with each of them. */
  record Params(
      Tensor<HiddenWeights> w1,
      Tensor<HiddenBiases> b1,
      Tensor<ClassWeights> w2,
      Tensor<ClassBiases> b2) {}

  /** All that a training step changes. */
  record State(Params params, Params momentum) {}

  /** What a training step gives. */
  record Step(State state, DeviceBuffer<Loss> loss) {}

  /** What the network takes the held-back images for. */
  record Prediction(
      DeviceBuffer<HeldBackLabels> labels, DeviceBuffer<Probabilities> probabilities) {}

  /** The first weights, after He, from a seed; biases and momentum are zero. */
  @Kernel(resource = "init.mlir")
  State init(Tensor<Seed> seed);

  /** Forward, loss, gradient and update. The state is given away: its memory becomes the next. */
  @Kernel(resource = "train_step.mlir")
  Step trainStep(
      @Donated State state,
      Tensor<Images> images,
      Tensor<Labels> labels,
      Tensor<LearningRate> learningRate);

  /** Reads the held-back images. */
  @Kernel(resource = "predict.mlir")
  Prediction predict(Params params, Tensor<HeldBackImages> images);
}
