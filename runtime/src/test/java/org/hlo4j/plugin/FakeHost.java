package org.hlo4j.plugin;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Builds host environments for tests: a Linux machine, a home, and the variables that a test adds.
 */
final class FakeHost {
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  private FakeHost() {}

  static FakeHost onLinux(Path home) {
    return new FakeHost()
        .property("user.home", home.toString())
        .property("os.name", "Linux")
        .property("os.arch", "amd64");
  }

  FakeHost variable(String name, Object value) {
    variables.put(name, value.toString());
    return this;
  }

  FakeHost property(String name, Object value) {
    properties.put(name, value.toString());
    return this;
  }

  HostEnvironment build() {
    return new HostEnvironment(variables, properties);
  }
}
