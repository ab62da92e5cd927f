package org.hlo4j.cli.plugins;

import java.util.Locale;
import java.util.Map;

/**
 * The result of testing a plugin.
 *
 * @param facts its properties, such as {@code platform} and {@code version}
 * @param problem empty if there is none
 */
public record Check(Status status, Map<String, String> facts, String problem) {
  /** The outcome of a test. */
  public enum Status {
    /** The plugin ran a program, and the result was correct. */
    SUPPORTED,
    /** The plugin is not for this version of hlo4j or this machine. */
    UNSUPPORTED,
    /** The plugin could not be loaded, crashed, timed out, or returned a wrong result. */
    FAILED,
    /** The plugin was not tested. */
    NOT_TRIED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public Check {
    facts = Map.copyOf(facts);
  }

  /** Returns a failure without properties of the plugin. */
  public static Check failed(String problem) {
    return new Check(Status.FAILED, Map.of(), problem);
  }
}
