package org.hlo4j.examples.wave;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Ref;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;
import org.hlo4j.type.I32;
import org.hlo4j.type.U8;

/** The program of the example. */
@Kernels
public interface Waves {
  /** How many cells a column has. */
  int HEIGHT = 360;

  /** How many cells a row has. */
  int WIDTH = 640;

  /** How many steps the source takes to swing once. */
  int PERIOD = 48;

  /** A value for each cell. */
  @TensorType("tensor<360x640xf32>")
  interface Field extends F32 {}

  /** What is shown of each cell: from 0 to 62, and 31 for rest. */
  @TensorType("tensor<360x640xui8>")
  interface Frame extends U8 {}

  /** A number of steps. */
  @TensorType("tensor<i32>")
  interface Count extends I32 {}

  /**
   * What the waves run in.
   *
   * @param speed the square of the speed, in cells a step; 0 in a wall, and at most 0.5
   * @param keep how much of its motion a cell keeps; less than 1 swallows waves
   * @param source how strongly the source drives a cell
   */
  record Basin(Tensor<Field> speed, Tensor<Field> keep, Tensor<Field> source) {}

  /**
   * Makes an even number of steps, in the memory of the two last fields.
   *
   * @param now the field
   * @param before the field one step earlier
   * @param start how many steps were made before
   * @param steps how many to make
   * @return a picture of the field
   */
  @Kernel(resource = "advance.mlir")
  DeviceBuffer<Frame> advance(
      Ref<Field> now, Ref<Field> before, Basin basin, Tensor<Count> start, Tensor<Count> steps);
}
