package org.hlo4j.cli.plugins;

import java.util.Locale;
import java.util.Map;

/**
 * What came of trying a plugin.
 *
 * @param facts what it says of itself, such as {@code platform} and {@code version}
 * @param problem empty if there is none
 */
public record Check(Status status, Map<String, String> facts, String problem) {
  /** Whether a plugin can be used. */
  public enum Status {
    /** It ran a program, and the result was right. */
    SUPPORTED,
    /** It is a plugin, but not one for this library or this machine. */
    UNSUPPORTED,
    /** It cannot be read or loaded, it crashed, took too long, or gave a wrong result. */
    FAILED,
    /** Nobody has tried it. */
    NOT_TRIED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public Check {
    facts = Map.copyOf(facts);
  }

  /** The result of a plugin that did not answer. */
  public static Check failed(String problem) {
    return new Check(Status.FAILED, Map.of(), problem);
  }
}
