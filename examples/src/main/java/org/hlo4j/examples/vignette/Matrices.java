package org.hlo4j.examples.vignette;

import org.hlo4j.DeviceBuffer;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.Kernel;
import org.hlo4j.annotation.Kernels;

/** The programs of the vignette. */
@Kernels
public interface Matrices {
  /** {@code x + x}. */
  @Kernel(
      """
      func.func @main(%x: tensor<1000x1000xf32>) -> tensor<1000x1000xf32> {
        %0 = stablehlo.add %x, %x : tensor<1000x1000xf32>
        return %0 : tensor<1000x1000xf32>
      }
      """)
  DeviceBuffer<Large> twice(Tensor<Large> x);

  /** {@code x + y}. */
  @Kernel(
      """
      func.func @main(%x: tensor<2x2xf32>, %y: tensor<2x2xf32>) -> tensor<2x2xf32> {
        %0 = stablehlo.add %x, %y : tensor<2x2xf32>
        return %0 : tensor<2x2xf32>
      }
      """)
  DeviceBuffer<Small> add(Tensor<Small> x, Tensor<Small> y);

  /** {@code x * y + x}, element by element. */
  @Kernel(
      """
      func.func @main(%x: tensor<100x100xf32>, %y: tensor<100x100xf32>) -> tensor<100x100xf32> {
        %0 = stablehlo.multiply %x, %y : tensor<100x100xf32>
        %1 = stablehlo.add %0, %x : tensor<100x100xf32>
        return %1 : tensor<100x100xf32>
      }
      """)
  DeviceBuffer<Square> multiplyAdd(Tensor<Square> x, Tensor<Square> y);

  /** The matrix product {@code x x}. */
  @Kernel(
      """
      func.func @main(%x: tensor<1000x1000xf32>) -> tensor<1000x1000xf32> {
        %0 = stablehlo.dot_general %x, %x, contracting_dims = [1] x [0]
            : (tensor<1000x1000xf32>, tensor<1000x1000xf32>) -> tensor<1000x1000xf32>
        return %0 : tensor<1000x1000xf32>
      }
      """)
  DeviceBuffer<Large> square(Tensor<Large> x);
}
