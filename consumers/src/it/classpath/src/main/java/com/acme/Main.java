package com.acme;

import com.acme.Dense.Params;
import com.acme.Dense.Row;
import com.acme.Dense.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.hlo4j.Device;
import org.hlo4j.Pjrt;
import org.hlo4j.data.TensorFile;

/** Saves and loads weights, and runs the layer. */
final class Main {
  public static void main(String[] args) throws IOException {
    try (Pjrt client = Pjrt.builder().allowDownload().open()) {
      Device device = client.device();
      Path file = Files.createTempDirectory("weights").resolve("params.safetensors");
      TensorFile.writer()
          .add("w", device.put(Weights.class, new float[] {1, 2, 3, 4}))
          .add("b", device.put(Row.class, new float[] {10, 20}))
          .write(file);
      Params params =
          org.hlo4j.data.Weights.of(Params.class).load(device, file);
      Dense dense = DenseKernels.sync(device);
      float[] y = dense.forward(params, device.put(Row.class, new float[] {1, 1})).toFloatArray();
      System.out.println("forward: " + Arrays.toString(y));
    }
  }
}
