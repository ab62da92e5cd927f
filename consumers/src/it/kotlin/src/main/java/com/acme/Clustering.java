package com.acme;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** Finds clusters of points. */
@Kernels
public interface Clustering {
  /** Points in the plane. */
  @TensorType("tensor<300x2xf32>")
  interface Points extends F32 {}

  /** The middles of the clusters. */
  @TensorType("tensor<3x2xf32>")
  interface Centers extends F32 {}

  /** The sum of the squared distances of all points from their centers. */
  @TensorType("tensor<f32>")
  interface Spread extends F32 {}

  /** Centers that have moved, and how far the points were from them before. */
  record Step(DeviceBuffer<Centers> centers, DeviceBuffer<Spread> spread) {}

  /** One step of k-means, in the memory of the centers. */
  @Kernel(resource = "step.mlir")
  Step step(Tensor<Points> points, @Donated Tensor<Centers> centers);
}
