package org.hlo4j.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the figures depend on. */
public final class MachineFacts {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private MachineFacts() {}

  /** The processor and the operating system. */
  public static String text() throws IOException {
    return String.format(
        Locale.ROOT,
        "%d cores of %s, %s %s",
        Runtime.getRuntime().availableProcessors(),
        processor(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  private static String processor() throws IOException {
    if (!Files.exists(PROCESSORS)) {
      return "an unknown processor";
    }
    return Files.readAllLines(PROCESSORS).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("an unknown processor");
  }
}
