package org.hlo4j.tests.pipelines;

import org.hlo4j.DeviceGroup;
import org.hlo4j.Pjrt;

/** Four devices, for all tests of a JVM. */
final class Four {
  private static final DeviceGroup GROUP = Pjrt.builder().cpuDevices(4).open().group(4);

  private Four() {}

  static DeviceGroup group() {
    return GROUP;
  }
}
