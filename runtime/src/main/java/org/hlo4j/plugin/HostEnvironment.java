package org.hlo4j.plugin;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The environment variables and system properties that determine where plugins are searched. */
record HostEnvironment(Map<String, String> variables, Map<String, String> properties) {

  /** The property that allows downloading a plugin, as the request can. */
  static final String DOWNLOAD_PROPERTY = "hlo4j.download";

  private static final List<String> PROPERTIES =
      List.of("user.home", "os.name", "os.arch", PluginLocator.PROPERTY, DOWNLOAD_PROPERTY);

  HostEnvironment {
    variables = Map.copyOf(variables);
    properties = Map.copyOf(properties);
  }

  static HostEnvironment ofThisJvm() {
    Map<String, String> properties = new HashMap<>();
    for (String name : PROPERTIES) {
      String value = System.getProperty(name);
      if (value != null) {
        properties.put(name, value);
      }
    }
    return new HostEnvironment(System.getenv(), properties);
  }

  /** Returns the value of a variable; null if it is unset or empty, which are equivalent. */
  @Nullable String variable(String name) {
    String value = variables.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  String property(String name) {
    return properties.getOrDefault(name, "");
  }

  boolean allowsDownload() {
    return Boolean.parseBoolean(property(DOWNLOAD_PROPERTY));
  }

  boolean isLinuxX64() {
    return property("os.name").equals("Linux")
        && (property("os.arch").equals("amd64") || property("os.arch").equals("x86_64"));
  }

  boolean isMac() {
    return property("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
  }

  boolean isWindows() {
    return property("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  /** Returns the operating system and processor, for messages. */
  String machine() {
    return property("os.name") + " " + property("os.arch");
  }
}
