package org.hlo4j.cli;

import org.hlo4j.Pjrt;

/** Makes clients of the plugin that is found. */
final class Clients {
  private Clients() {}

  /** A client with so many devices, which a CPU plugin makes as they are wanted. */
  static Pjrt open(int devices) {
    return devices > 1 ? Pjrt.builder().cpuDevices(devices).open() : Pjrt.open();
  }
}
