package org.hlo4j.internal.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How much memory this process can still get, from the kernel and from its control group. */
public final class AvailableMemory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Path CGROUP = Path.of("/sys/fs/cgroup");
  private static final long KIB = 1024;

  private AvailableMemory() {}

  /** An estimate in bytes; the largest number where the system does not say. */
  public static long bytes() {
    return Math.min(ofMachine().orElse(Long.MAX_VALUE), ofControlGroup().orElse(Long.MAX_VALUE));
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

  private static OptionalLong ofControlGroup() {
    OptionalLong limit = number(CGROUP.resolve("memory.max"));
    OptionalLong used = number(CGROUP.resolve("memory.current"));
    return limit.isPresent() && used.isPresent()
        ? OptionalLong.of(Math.max(0, limit.getAsLong() - used.getAsLong()))
        : OptionalLong.empty();
  }

  /** A file without a number, such as an unlimited {@code max}, says nothing. */
  private static OptionalLong number(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() || !text.chars().allMatch(Character::isDigit)
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(text));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
