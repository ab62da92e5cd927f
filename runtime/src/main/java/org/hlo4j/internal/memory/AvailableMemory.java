package org.hlo4j.internal.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The memory that is available to this process on the machine and in its control groups. */
final class AvailableMemory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final long KIB = 1024;
  private static final ControlGroups GROUPS = ControlGroups.of(Path.of("/"));

  private AvailableMemory() {}

  /** Returns an estimate in bytes; {@code Long.MAX_VALUE} if the system provides none. */
  static long bytes() {
    return Math.min(ofMachine().orElse(Long.MAX_VALUE), GROUPS.available());
  }

  private static OptionalLong ofMachine() {
    try (Stream<String> lines = Files.lines(MEMINFO)) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
