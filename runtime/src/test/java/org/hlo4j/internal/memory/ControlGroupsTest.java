package org.hlo4j.internal.memory;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of control groups are found as the JVM finds them, in a copy of the file system. */
final class ControlGroupsTest {
  private static final long UNLIMITED = Long.MAX_VALUE;

  @TempDir private Path root;

  @BeforeEach
  void noGroups() throws IOException {
    write("proc/self/cgroup", "");
    write("proc/self/mountinfo", "");
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void version1(String folder, long limit, long used, String stat) throws IOException {
    write(folder + "/memory.limit_in_bytes", limit + "\n");
    write(folder + "/memory.usage_in_bytes", used + "\n");
    write(folder + "/memory.stat", stat);
  }

  private void version2(String folder, String limit, long used, String stat) throws IOException {
    write(folder + "/memory.max", limit + "\n");
    write(folder + "/memory.current", used + "\n");
    write(folder + "/memory.stat", stat);
  }

  private long available() {
    return ControlGroups.of(root).available();
  }

  @Test
  void aSystemWithoutControlGroupsSetsNoLimit() throws IOException {
    assertThat(available()).isEqualTo(UNLIMITED);

    Files.delete(root.resolve("proc/self/cgroup"));
    assertThat(available()).isEqualTo(UNLIMITED);
  }

  @Test
  void aGroupOfVersion1IsFound() throws IOException {
    write("proc/self/cgroup", "9:cpu,cpuacct:/\n4:memory:/batch/job\n0::/\n");
    write(
        "proc/self/mountinfo",
        """
        34 31 0:31 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu
        35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
        41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
        """);
    version1("sys/fs/cgroup/memory/batch/job", 1_500, 400, "");

    assertThat(available()).isEqualTo(1_100);
  }

  @Test
  void aGroupOfVersion2IsFound() throws IOException {
    write("proc/self/cgroup", "0::/user.slice/app.scope\n");
    write("proc/self/mountinfo", "31 23 0:28 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n");
    version2("sys/fs/cgroup/user.slice/app.scope", "2000", 500, "");

    assertThat(available()).isEqualTo(1_500);
  }

  @Test
  void theNarrowestOfNestedGroupsCounts() throws IOException {
    write("proc/self/cgroup", "0::/a/b/c\n");
    write("proc/self/mountinfo", "31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    version2("sys/fs/cgroup/a", "5000", 1_000, "");
    version2("sys/fs/cgroup/a/b", "3000", 2_500, "");
    version2("sys/fs/cgroup/a/b/c", "max", 300, "");

    assertThat(available()).isEqualTo(500);
  }

  @Test
  void nestedGroupsOfVersion1CountAsWell() throws IOException {
    write("proc/self/cgroup", "4:memory:/a/b\n");
    write("proc/self/mountinfo", "35 31 0:32 / /cg/memory rw - cgroup cgroup rw,memory\n");
    version1("cg/memory/a", 1_000, 900, "");
    version1("cg/memory/a/b", Long.MAX_VALUE - 4_095, 900, "");

    assertThat(available()).isEqualTo(100);
  }

  @Test
  void thePageCacheDoesNotCountAsUsed() throws IOException {
    write("proc/self/cgroup", "0::/\n");
    write("proc/self/mountinfo", "31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    version2(
        "sys/fs/cgroup",
        "1000",
        950,
        "anon 200\nfile 750\ninactive_file 500\nactive_file 200\nshmem 50\n");

    assertThat(available()).isEqualTo(750);
  }

  @Test
  void thePageCacheOfVersion1IsThatOfTheGroupsInside() throws IOException {
    write("proc/self/cgroup", "4:memory:/\n");
    write("proc/self/mountinfo", "35 31 0:32 / /cg/memory rw - cgroup cgroup rw,memory\n");
    version1(
        "cg/memory",
        1_000,
        900,
        "inactive_file 1\nactive_file 1\ntotal_inactive_file 300\ntotal_active_file 100\n");

    assertThat(available()).isEqualTo(500);
  }

  @Test
  void aContainerSeesItsGroupAtTheMount() throws IOException {
    write("proc/self/cgroup", "4:memory:/docker/1f\n");
    write(
        "proc/self/mountinfo",
        "35 31 0:32 /docker/1f /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n");
    version1("sys/fs/cgroup/memory", 800, 300, "");

    assertThat(available()).isEqualTo(500);
  }

  @Test
  void aGroupOutsideOfTheMountIsTakenForTheMount() throws IOException {
    write("proc/self/cgroup", "0::/../../host/path\n");
    write("proc/self/mountinfo", "31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    version2("sys/fs/cgroup", "700", 100, "");

    assertThat(available()).isEqualTo(600);
  }

  @Test
  void aGroupThatUsesMoreThanItsLimitHasNothingLeft() throws IOException {
    write("proc/self/cgroup", "0::/\n");
    write("proc/self/mountinfo", "31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    version2("sys/fs/cgroup", "700", 900, "");

    assertThat(available()).isEqualTo(0);
  }
}
