package org.hlo4j.tests;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Donated;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;
import org.hlo4j.type.I32;

/** Files as JAX's users have them; {@code files/make_exported.py} makes them. */
@Kernels
interface FromJax {
  @TensorType("tensor<3xf32>")
  interface Three extends F32 {}

  @TensorType("tensor<i32>")
  interface Count extends I32 {}

  record Scaled(DeviceBuffer<Count> n, DeviceBuffer<Three> y) {}

  /** The file says the signature; the input that the program does not use is not in it. */
  @Kernel(resource = "files/scale.jaxexport")
  Scaled scale(Tensor<Three> w, Tensor<Three> x);

  @Kernel(
      resource = "files/donated.jaxexport",
      signature = "(%x: tensor<3xf32> {tf.aliasing_output = 0 : i32}) -> tensor<3xf32>")
  DeviceBuffer<Three> increment(@Donated Tensor<Three> x);

  /** Adds 100 on CUDA, and 1 on CPU. */
  @Kernel(
      resource = "files/several.mlir",
      platforms = {"cuda", "cpu"})
  DeviceBuffer<Three> pick(Tensor<Three> x);

  /** The same, whose file names its platforms. */
  @Kernel(resource = "files/several.jaxexport")
  DeviceBuffer<Three> pickExported(Tensor<Three> x);
}
