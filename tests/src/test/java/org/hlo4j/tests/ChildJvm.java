package org.hlo4j.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hlo4j.internal.process.JvmCommand;

/** Runs a program in a JVM of its own, with this one's class path. */
final class ChildJvm {
  /** The variables that choose a plugin. */
  private static final Set<String> OF_PLUGINS =
      Set.of(
          "PJRT_PLUGIN_LIBRARY_PATH",
          "PJRT_NAMES_AND_LIBRARY_PATHS",
          "VIRTUAL_ENV",
          "CONDA_PREFIX");

  private ChildJvm() {}

  /** Answers all that the program printed; it must end well. */
  static String run(Class<?> program, String... options) throws IOException, InterruptedException {
    return run(program, Map.of(), options);
  }

  /** The same with environment variables; those of hlo4j's that this JVM has are not handed on. */
  static String run(Class<?> program, Map<String, String> variables, String... options)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        JvmCommand.here(List.of(options), program).process().redirectErrorStream(true);
    if (!variables.isEmpty()) {
      builder.environment().keySet().removeAll(OF_PLUGINS);
      builder.environment().putAll(variables);
    }
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    if (status != 0) {
      throw new AssertionError(String.format(Locale.ROOT, "ended with %d:%n%s", status, output));
    }
    return output;
  }
}
