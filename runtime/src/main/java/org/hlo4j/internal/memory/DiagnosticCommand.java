package org.hlo4j.internal.memory;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The JVM's diagnostic command {@code GC.run}, which works even if {@code System.gc()} is disabled.
 */
final class DiagnosticCommand {
  private static final String NAME = "com.sun.management:type=DiagnosticCommand";

  private DiagnosticCommand() {}

  /** Returns whether this JVM has the optional modules that the command needs. */
  static boolean isAvailable() {
    return ModuleLayer.boot().findModule("jdk.management").isPresent();
  }

  static void collect() {
    try {
      Object unused =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(new ObjectName(NAME), "gcRun", new Object[0], new String[0]);
    } catch (JMException e) {
      throw new IllegalStateException("The JVM does not run GC.run", e);
    }
  }
}
