package org.hlo4j.internal.pjrt.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file systems mounted for this process, as listed by Linux. */
final class Mounts {
  private static final Path LIST = Path.of("/proc/self/mountinfo");
  private static final int POINT = 4;
  private static final int OPTIONS = 5;
  private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

  private final List<String> lines;

  /** Parses a list in the format of {@code /proc/self/mountinfo}. */
  Mounts(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Returns the mounts of this process; empty if there is no such list. */
  static Mounts ofThisProcess() {
    try {
      return new Mounts(Files.readAllLines(LIST));
    } catch (IOException e) {
      // Not Linux, or not readable; only the explanation is lost.
      return new Mounts(List.of());
    }
  }

  /** Returns the mount point of a file's file system if it is mounted noexec. */
  Optional<Path> noExecMountOf(Path file) {
    Path point = Path.of("/");
    boolean isNoExec = false;
    for (String line : lines) {
      String[] fields = line.split(" ", -1);
      Optional<Path> mounted = fields.length > OPTIONS ? path(fields[POINT]) : Optional.empty();
      // The innermost mount applies, and of several at one place the last.
      if (mounted.isPresent()
          && file.startsWith(mounted.get())
          && mounted.get().startsWith(point)) {
        point = mounted.get();
        isNoExec = Arrays.asList(fields[OPTIONS].split(",", -1)).contains("noexec");
      }
    }
    return isNoExec ? Optional.of(point) : Optional.empty();
  }

  private static Optional<Path> path(String escaped) {
    String text =
        ESCAPED
            .matcher(escaped)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 8))));
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
