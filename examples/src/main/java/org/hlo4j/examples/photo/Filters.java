package org.hlo4j.examples.photo;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;
import org.hlo4j.type.U8;

/** The programs of the example. */
@Kernels
public interface Filters {
  /** Rows of pixels with three channels, in any order. */
  @TensorType("tensor<300x448x3xui8>")
  interface Photo extends U8 {
    int HEIGHT = 300;
    int WIDTH = 448;
  }

  /** How much each neighbour counts. */
  @TensorType("tensor<3x3xf32>")
  interface Weights extends F32 {}

  /** A soft blur over nine by nine pixels. */
  @Kernel(resource = "blur.mlir")
  DeviceBuffer<Photo> blur(Tensor<Photo> photo);

  /** Five times each pixel without its four neighbours. */
  @Kernel(resource = "sharpen.mlir")
  DeviceBuffer<Photo> sharpen(Tensor<Photo> photo);

  /** Each pixel becomes a weighted sum of itself and its eight neighbours. */
  @Kernel(resource = "convolve.mlir")
  DeviceBuffer<Photo> convolve(Tensor<Photo> photo, Tensor<Weights> weights);

  /** Bright where brightness changes fast; grey. */
  @Kernel(resource = "edges.mlir")
  DeviceBuffer<Photo> edges(Tensor<Photo> photo);
}
