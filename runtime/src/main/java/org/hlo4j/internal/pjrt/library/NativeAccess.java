package org.hlo4j.internal.pjrt.library;

import java.lang.foreign.MemorySegment;
import org.hlo4j.error.PluginException;

/** Checks that this JVM allows native access, before anything depends on it. */
public final class NativeAccess {
  private NativeAccess() {}

  /**
   * Checks native access.
   *
   * @throws PluginException if it is denied; the message names the flag that allows it
   */
  public static void require() {
    try {
      // Harmless, but restricted like all methods that the binding needs.
      MemorySegment unused = MemorySegment.NULL.reinterpret(0);
    } catch (IllegalCallerException e) {
      throw new PluginException(
          "Native access is denied. Start java with --enable-native-access=org.hlo4j.runtime, or,"
              + " where hlo4j is on the class path, --enable-native-access=ALL-UNNAMED",
          e);
    }
  }
}
