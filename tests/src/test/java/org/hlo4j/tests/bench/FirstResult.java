package org.hlo4j.tests.bench;

import java.util.Arrays;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Pjrt;

/** A whole process for one result, which it prints. */
final class FirstResult {
  private FirstResult() {}

  public static void main(String[] args) {
    float[] values = new float[Square256.ROWS * Square256.ROWS];
    Arrays.fill(values, 0.01f);
    try (Pjrt client = Pjrt.open()) {
      Device device = client.device();
      DeviceBuffer<Square256> x = device.put(Square256.class, values);
      System.out.println(TimedKernels.sync(device).dense(x, x).toFloatArray()[0]);
    }
  }
}
