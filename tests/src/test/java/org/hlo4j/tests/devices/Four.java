package org.hlo4j.tests.devices;

import java.util.Locale;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;

/** A client with four devices, which the tests of this package share. */
final class Four {
  private static final Pjrt CLIENT = Pjrt.builder().cpuDevices(4).open();
  private static final DeviceGroup GROUP = CLIENT.group(4);

  private Four() {}

  static Pjrt client() {
    return CLIENT;
  }

  static DeviceGroup group() {
    return GROUP;
  }

  /** Each replica's sum of all replicas' values. */
  static Program allReduce(int replicas) {
    StringBuilder all = new StringBuilder("0");
    for (int i = 1; i < replicas; i++) {
      all.append(", ").append(i);
    }
    return Program.of(
        String.format(
            Locale.ROOT,
            """
        func.func @main(%%x: tensor<4xf32>) -> tensor<4xf32> {
          %%0 = "stablehlo.all_reduce"(%%x) <{replica_groups = dense<[[%s]]> : tensor<1x%dxi64>}> ({
          ^bb0(%%a: tensor<f32>, %%b: tensor<f32>):
            %%s = stablehlo.add %%a, %%b : tensor<f32>
            stablehlo.return %%s : tensor<f32>
          }) : (tensor<4xf32>) -> tensor<4xf32>
          return %%0 : tensor<4xf32>
        }
        """,
            all,
            replicas),
        replicas,
        1);
  }
}
