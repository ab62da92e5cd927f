package org.hlo4j.internal.process;

import java.util.List;
import java.util.Map;

/** Cleans the environment that a child process inherits. */
public final class ChildEnvironment {
  /**
   * These would put the parent's agents and debuggers into the child, and a line into its output
   * that says so.
   */
  private static final List<String> JVM_OPTIONS =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private ChildEnvironment() {}

  /** Removes the variables that give options to each JVM. */
  public static void removeJvmOptions(Map<String, String> environment) {
    environment.keySet().removeAll(JVM_OPTIONS);
  }
}
