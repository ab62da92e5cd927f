package org.hlo4j.tests.compile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes the sources of interfaces with many kernels, whose programs all differ. */
final class ManyKernels {
  /** How many kernels an interface has. */
  static final int PER_INTERFACE = 10;

  private ManyKernels() {}

  private static String interfaceOf(int number, int rows, String kernels) {
    return String.format(
        Locale.ROOT,
        """
    package many;

    import org.hlo4j.*;
    import org.hlo4j.annotation.*;
    import org.hlo4j.type.*;

    /** Number %1$d. */
    @Kernels
    public interface Layers%1$d {
      @TensorType("tensor<%2$dx4xf32>")
      interface Rows extends F32 {}

      @TensorType("tensor<4x4xf32>")
      interface Square extends F32 {}

      @TensorType("tensor<4xf32>")
      interface Vec extends F32 {}

      /** What a layer has learnt. */
      record Layer(Tensor<Square> weights, Tensor<Vec> bias) {}

      /** A step's result. */
      record Step(DeviceBuffer<Rows> rows, DeviceBuffer<Vec> sums) {}
    %3$s}
    """,
        number,
        rows,
        kernels);
  }

  private static String kernelOf(int number, int rows) {
    return String.format(
        Locale.ROOT,
        """

      /** Kernel %1$d. */
      @Kernel(\"\"\"
          func.func @main(%%w: tensor<4x4xf32>, %%b: tensor<4xf32>, %%x: tensor<%2$dx4xf32>)
              -> (tensor<%2$dx4xf32>, tensor<4xf32>) {
            %%0 = stablehlo.dot_general %%x, %%w, contracting_dims = [1] x [0]
                : (tensor<%2$dx4xf32>, tensor<4x4xf32>) -> tensor<%2$dx4xf32>
            %%1 = stablehlo.broadcast_in_dim %%b, dims = [1]
                : (tensor<4xf32>) -> tensor<%2$dx4xf32>
            %%2 = stablehlo.add %%0, %%1 : tensor<%2$dx4xf32>
            %%c = stablehlo.constant dense<%1$d.0> : tensor<%2$dx4xf32>
            %%3 = stablehlo.multiply %%2, %%c : tensor<%2$dx4xf32>
            %%4 = stablehlo.tanh %%3 : tensor<%2$dx4xf32>
            %%z = stablehlo.constant dense<0.0> : tensor<f32>
            %%5 = stablehlo.reduce(%%4 init: %%z) applies stablehlo.add across dimensions = [0]
                : (tensor<%2$dx4xf32>, tensor<f32>) -> tensor<4xf32>
            return %%4, %%5 : tensor<%2$dx4xf32>, tensor<4xf32>
          }
          \"\"\")
      Step step%1$d(Layer layer, @Donated Tensor<Rows> x);
    """,
        number,
        rows);
  }

  /** Writes the sources into a folder, and answers them. */
  static List<Path> write(Path folder, int interfaces) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < interfaces; i++) {
      int rows = i + 1;
      StringBuilder kernels = new StringBuilder();
      for (int k = 0; k < PER_INTERFACE; k++) {
        kernels.append(kernelOf(i * PER_INTERFACE + k, rows));
      }
      Path file = folder.resolve(String.format(Locale.ROOT, "many/Layers%d.java", i));
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, interfaceOf(i, rows, kernels.toString())));
    }
    return files;
  }
}
