package org.hlo4j.plugin;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** HostEnvironment for tests: a Linux machine, a home, and whatever variables a test adds. */
final class Somewhere {
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  private Somewhere() {}

  static Somewhere onLinux(Path home) {
    return new Somewhere()
        .property("user.home", home.toString())
        .property("os.name", "Linux")
        .property("os.arch", "amd64");
  }

  Somewhere variable(String name, Object value) {
    variables.put(name, value.toString());
    return this;
  }

  Somewhere property(String name, Object value) {
    properties.put(name, value.toString());
    return this;
  }

  HostEnvironment build() {
    return new HostEnvironment(variables, properties);
  }
}
