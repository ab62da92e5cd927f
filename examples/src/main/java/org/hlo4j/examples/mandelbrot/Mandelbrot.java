package org.hlo4j.examples.mandelbrot;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;

/** The program of the example. */
@Kernels
public interface Mandelbrot {
  /** How many points a row has. */
  int WIDTH = 3840;

  /** How many rows are computed at once: few enough for a core's own cache. */
  int ROWS = 40;

  /** After so many steps a point counts as one that stays. */
  int STEPS = 512;

  /** The real part of each column. */
  @TensorType("tensor<3840xf32>")
  interface Columns extends F32 {}

  /** The imaginary part of each row. */
  @TensorType("tensor<40xf32>")
  interface Rows extends F32 {}

  /** A value for each point. */
  @TensorType("tensor<40x3840xf32>")
  interface Tile extends F32 {}

  /** After how many steps, with a fraction, each point {@code x + yi} leaves; 0 if it stays. */
  @Kernel(resource = "escape.mlir")
  DeviceBuffer<Tile> escape(Tensor<Columns> x, Tensor<Rows> y);
}
