package org.hlo4j.examples.digits;

import org.hlo4j.Tensor;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;

/** A network with one hidden layer that reads digits. The programs are exported from JAX. */
@Kernels
public interface DigitNetwork {
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
