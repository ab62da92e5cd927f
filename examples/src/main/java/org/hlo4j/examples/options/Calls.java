package org.hlo4j.examples.options;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.type.F32;
import org.hlo4j.type.F64;
import org.hlo4j.type.U64;

/** The programs of the example: prices of five European calls on one share. */
@Kernels
public interface Calls {
  /** How many prices a simulation sends to the day of expiry. */
  int PATHS = 262144;

  /** Which random numbers a simulation uses. */
  @TensorType("tensor<2xui64>")
  interface RandomKey extends U64 {}

  @TensorType("tensor<f32>")
  interface Scalar extends F32 {}

  /** A strike for each call. */
  @TensorType("tensor<5xf32>")
  interface Strikes extends F32 {}

  /** A number for each call. */
  @TensorType("tensor<5xf64>")
  interface Figures extends F64 {}

  /**
   * What the calls depend on but for their strikes.
   *
   * @param spot today's price of the share
   * @param rate the interest for a year, as a share of 1
   * @param volatility the standard deviation of a year's growth, as a share of 1
   * @param years the time to expiry
   */
  record Market(
      Tensor<Scalar> spot, Tensor<Scalar> rate, Tensor<Scalar> volatility, Tensor<Scalar> years) {}

  /** Sums over all paths of what each call pays, as worth today, and of the squares of that. */
  record Payoffs(DeviceBuffer<Figures> sum, DeviceBuffer<Figures> sumOfSquares) {}

  /** What each call costs. */
  @Kernel(resource = "formula.mlir")
  DeviceBuffer<Figures> formula(Tensor<Strikes> strikes, Market market);

  /** {@link #PATHS} random prices; the same key gives the same. */
  @Kernel(resource = "simulate.mlir")
  Payoffs simulate(Tensor<RandomKey> key, Tensor<Strikes> strikes, Market market);
}
