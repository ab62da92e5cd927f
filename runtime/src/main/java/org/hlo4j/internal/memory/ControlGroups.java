package org.hlo4j.internal.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The control groups that limit the memory of this process: its own and the enclosing ones, in
 * version 1 or 2 of the kernel's interface. They are found like the JVM's, by {@code
 * /proc/self/cgroup} and {@code /proc/self/mountinfo}; see the kernel's <a
 * href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a> and <a
 * href="https://docs.kernel.org/admin-guide/cgroup-v1/memory.html">Memory Resource Controller</a>.
 */
record ControlGroups(Version version, List<Path> folders) {
  /** The kernel's interfaces, with their file names. */
  enum Version {
    V1("memory.limit_in_bytes", "memory.usage_in_bytes", "total_"),
    V2("memory.max", "memory.current", "");

    private final String limit;
    private final String used;
    private final String prefix;

    Version(String limit, String used, String prefix) {
      this.limit = limit;
      this.used = used;
      this.prefix = prefix;
    }

    /**
     * Returns whether a figure of {@code memory.stat} is page cache of the group or its
     * descendants.
     */
    boolean isPageCache(String name) {
      return name.equals(prefix + "inactive_file") || name.equals(prefix + "active_file");
    }
  }

  /**
   * Returns the groups of this process.
   *
   * @param root the root of the file system
   */
  static ControlGroups of(Path root) {
    try {
      List<String> groups = Files.readAllLines(root.resolve("proc/self/cgroup"));
      List<String> mounts = Files.readAllLines(root.resolve("proc/self/mountinfo"));
      // If both versions are mounted, the one with the memory controller applies.
      return groupOfMemoryController(groups)
          .flatMap(group -> find(Version.V1, root, group, mounts))
          .or(() -> groupOfVersion2(groups).flatMap(group -> find(Version.V2, root, group, mounts)))
          .orElseGet(() -> new ControlGroups(Version.V2, List.of()));
    } catch (IOException e) {
      // A system without control groups has no limits.
      return new ControlGroups(Version.V2, List.of());
    }
  }

  /** Parses lines such as {@code 4:memory:/docker/1234}. */
  private static Optional<String> groupOfMemoryController(List<String> lines) {
    return lines.stream()
        .map(line -> line.split(":", 3))
        .filter(parts -> parts.length == 3)
        .filter(parts -> Arrays.asList(parts[1].split(",", -1)).contains("memory"))
        .map(parts -> parts[2])
        .findFirst();
  }

  private static Optional<String> groupOfVersion2(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("0::"))
        .map(line -> line.substring("0::".length()))
        .findFirst();
  }

  private static Optional<ControlGroups> find(
      Version version, Path root, String group, List<String> mounts) {
    return mounts.stream()
        .map(Mount::parse)
        .flatMap(Optional::stream)
        .filter(mount -> mount.isOf(version))
        .findFirst()
        .map(mount -> new ControlGroups(version, mount.folders(root, group)));
  }

  /**
   * A line of {@code mountinfo}, such as {@code 35 31 0:32 /docker/1 /sys/fs/cgroup/memory rw -
   * cgroup cgroup rw,memory}.
   *
   * @param part the mounted part of the hierarchy
   */
  private record Mount(String part, String point, String type, String options) {
    private static final String SEPARATOR = " - ";

    static Optional<Mount> parse(String line) {
      int separator = line.indexOf(SEPARATOR);
      if (separator < 0) {
        return Optional.empty();
      }
      String[] left = line.substring(0, separator).split(" ", -1);
      String[] right = line.substring(separator + SEPARATOR.length()).split(" ", -1);
      return left.length < 5 || right.length < 3
          ? Optional.empty()
          : Optional.of(new Mount(left[3], left[4], right[0], right[2]));
    }

    boolean isOf(Version version) {
      return switch (version) {
        case V1 ->
            type.equals("cgroup") && Arrays.asList(options.split(",", -1)).contains("memory");
        case V2 -> type.equals("cgroup2");
      };
    }

    /** Returns the folders of the group and its mounted ancestors. */
    List<Path> folders(Path root, String group) {
      Path top = root.resolve(point.substring(1)).normalize();
      Path inner = top.resolve(relative(group)).normalize();
      List<Path> folders = new ArrayList<>();
      for (Path folder = inner;
          folder != null && folder.startsWith(top);
          folder = folder.getParent()) {
        folders.add(folder);
      }
      return folders.isEmpty() ? List.of(top) : folders;
    }

    /** In a container the mount often begins at the group itself. */
    private String relative(String group) {
      if (part.equals("/")) {
        return group.substring(1);
      }
      return group.startsWith(part + "/") ? group.substring(part.length() + 1) : "";
    }
  }

  /** Returns the number of bytes left in the groups; {@code Long.MAX_VALUE} without a limit. */
  long available() {
    long available = Long.MAX_VALUE;
    for (Path folder : folders) {
      OptionalLong limit = number(folder.resolve(version.limit));
      OptionalLong used = number(folder.resolve(version.used));
      if (limit.isPresent() && used.isPresent()) {
        long taken = Math.max(0, used.getAsLong() - pageCache(folder));
        available = Math.min(available, Math.max(0, limit.getAsLong() - taken));
      }
    }
    return available;
  }

  /** Returns the page cache, which the kernel reclaims before it fails an allocation. */
  private long pageCache(Path folder) {
    try {
      return Files.readAllLines(folder.resolve("memory.stat")).stream()
          .map(line -> line.split(" ", 2))
          .filter(parts -> parts.length == 2 && version.isPageCache(parts[0]))
          .mapToLong(parts -> Long.parseLong(parts[1].strip()))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Returns the number in a file; empty for other contents, such as an unlimited {@code max}. */
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
