package org.hlo4j.tests.pipelines;

import org.hlo4j.DeviceGroup;
import org.hlo4j.Pjrt;

/** Four devices, for all tests of a JVM. */
final class Four {
  private static final Pjrt CLIENT = Pjrt.builder().cpuDevices(4).open();
  private static final DeviceGroup GROUP = CLIENT.group(4);

  private Four() {}

  static DeviceGroup group() {
    return GROUP;
  }

  /** The minor version of the C API of the plugin under test, such as 106. */
  static int minorVersion() {
    String version = CLIENT.apiVersion();
    return Integer.parseInt(version.substring(version.indexOf('.') + 1));
  }
}
