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

/** The file systems that this process sees, as Linux lists them. */
final class Mounts {
  private static final Path LIST = Path.of("/proc/self/mountinfo");
  private static final int POINT = 4;
  private static final int OPTIONS = 5;
  private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

  private final List<String> lines;

  /** The mounts in a list that has the form of {@code /proc/self/mountinfo}. */
  Mounts(List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  /** The mounts of this process; none where there is no such list. */
  static Mounts ofThisProcess() {
    try {
      return new Mounts(Files.readAllLines(LIST));
    } catch (IOException e) {
      // Not Linux, or not to be seen. Only an explanation is lost.
      return new Mounts(List.of());
    }
  }

  /** Where the file system with a file is mounted, if from there nothing can be executed. */
  Optional<Path> noExecMountOf(Path file) {
    Path point = Path.of("/");
    boolean isNoExec = false;
    for (String line : lines) {
      String[] fields = line.split(" ", -1);
      Optional<Path> mounted = fields.length > OPTIONS ? path(fields[POINT]) : Optional.empty();
      // The innermost counts, and of several at one place the last.
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
