package com.acme;

import com.acme.Twice.Three;
import java.util.Arrays;
import org.hlo4j.Device;
import org.hlo4j.Pjrt;

/** Runs the kernel. */
public final class Main {
  public static void main(String[] args) {
    try (Pjrt client = Pjrt.builder().allowDownload().open()) {
      Device device = client.device();
      int[] y =
          TwiceKernels.async(device)
              .twice(device.putAsync(Three.class, new int[] {1, 2, 3}))
              .toIntArrayAsync()
              .value();
      System.out.println(Main.class.getModule() + " says " + Arrays.toString(y));
    }
  }
}
