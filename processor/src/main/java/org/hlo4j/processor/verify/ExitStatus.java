package org.hlo4j.processor.verify;

import java.util.Map;

/** Describes how a process ended. */
final class ExitStatus {
  private static final int SIGNALS = 128;
  private static final Map<Integer, String> NAMES =
      Map.of(
          4, "SIGILL",
          6, "SIGABRT",
          7, "SIGBUS",
          8, "SIGFPE",
          9, "SIGKILL, which the system sends when memory runs out",
          11, "SIGSEGV",
          15, "SIGTERM");

  private ExitStatus() {}

  /** Returns a predicate about the process. */
  static String describe(int status) {
    if (status <= SIGNALS) {
      return "ended with status " + status;
    }
    int signal = status - SIGNALS;
    return describeSignal(NAMES.getOrDefault(signal, "signal " + signal));
  }

  /** Returns the predicate for a named signal. */
  static String describeSignal(String name) {
    return "was ended by " + name;
  }
}
