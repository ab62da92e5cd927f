package org.hlo4j.processor.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Properties of this machine that affect machine code, as known without a plugin. */
final class Machine {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private static final String PROCESSOR = read();

  private Machine() {}

  /** Returns the architecture and, on Linux, the processor's model and features. */
  static String processor() {
    return PROCESSOR;
  }

  private static String read() {
    String architecture = System.getProperty("os.arch", "");
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.matches("(model name|flags|Features|CPU part)\\s*:.*"))
          .distinct()
          .collect(Collectors.joining("\n", architecture + "\n", ""));
    } catch (IOException e) {
      return architecture;
    }
  }
}
