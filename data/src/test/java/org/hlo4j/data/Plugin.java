package org.hlo4j.data;

import org.hlo4j.Device;
import org.hlo4j.Pjrt;

/** The real plugin's client that the tests of one JVM share. Without a plugin they fail. */
final class Plugin {
  private static final Pjrt CLIENT = Pjrt.open();

  private Plugin() {}

  static Device device() {
    return CLIENT.device();
  }
}
