package org.hlo4j.tests;

import org.hlo4j.Device;
import org.hlo4j.Pjrt;

/**
 * The real plugin's client that the tests of one JVM share. Without a plugin they fail: nothing is
 * skipped.
 */
final class Plugin {
  private static final Pjrt CLIENT = Pjrt.builder().cpuDevices(2).open();

  private Plugin() {}

  static Pjrt client() {
    return CLIENT;
  }

  static Device device() {
    return CLIENT.device();
  }
}
