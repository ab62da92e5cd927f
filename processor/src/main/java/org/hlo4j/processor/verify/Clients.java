package org.hlo4j.processor.verify;

import java.nio.file.Path;
import java.util.Optional;
import org.hlo4j.DeviceGroup;
import org.hlo4j.Pjrt;

/**
 * A client of a plugin, and another one once a program needs more devices than it has. They live as
 * long as this process. Used by one thread.
 */
final class Clients {
  private static final String CPU = "cpu";

  private final Path plugin;
  private final Pjrt first;
  private Pjrt largest;

  Clients(Path plugin) {
    this.plugin = plugin;
    this.first = Pjrt.builder().plugin(plugin).withoutCache().open();
    this.largest = first;
  }

  /** So many devices; nothing if the plugin cannot show them. */
  Optional<DeviceGroup> group(int devices) {
    if (devices == 1) {
      return Optional.of(first.group(1));
    }
    if (largest.devices().size() < devices && largest.platform().equals(CPU)) {
      largest = Pjrt.builder().plugin(plugin).withoutCache().cpuDevices(devices).open();
    }
    return largest.devices().size() < devices
        ? Optional.empty()
        : Optional.of(largest.group(devices));
  }

  String description() {
    return "the %s plugin has %s".formatted(largest.platform(), largest.devices().size());
  }
}
