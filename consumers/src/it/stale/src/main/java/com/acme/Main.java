package com.acme;

import com.acme.Minus.Pair;
import java.util.Arrays;
import java.util.function.Supplier;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Pjrt;
import org.hlo4j.error.CompilationException;

/** Calls the kernel and the pipeline. */
public final class Main {
  private Main() {}

  /** Prints both results, or why there is none. */
  public static void main(String[] args) {
    try (Pjrt client = Pjrt.open()) {
      Device device = client.device();
      Minus minus = MinusKernels.sync(device);
      DeviceBuffer<Pair> x = device.put(Pair.class, new float[] {7, 9});
      DeviceBuffer<Pair> y = device.put(Pair.class, new float[] {1, 2});
      print("minus", () -> minus.minus(x, y));
      print("twice", () -> minus.twice(x, y));
    }
  }

  private static void print(String name, Supplier<DeviceBuffer<Pair>> call) {
    try {
      System.out.println(name + ": " + Arrays.toString(call.get().toFloatArray()));
    } catch (CompilationException e) {
      System.out.println(name + ": " + e.getMessage());
    }
  }
}
