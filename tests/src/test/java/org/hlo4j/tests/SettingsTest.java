package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.hlo4j.BufferPromise;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.HostTensor;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.error.HloException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each documented system property and environment variable, set from outside of a JVM as users do;
 * {@code -Dhlo4j.leaks} is {@link LeaksTest}'s.
 */
final class SettingsTest {
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
  private static final String LIBRARY = Plugin.client().plugin().library().toString();

  @TempDir Path folder;

  /** What another JVM runs. */
  public static final class Open {
    private Open() {}

    /** Compiles a program, and prints the plugin; or why that could not be. */
    public static void main(String[] args) {
      try (Pjrt client = Pjrt.open()) {
        System.out.println(client.plugin());
        client
            .device()
            .compile(
                Program.of(
                    """
                    func.func @main(%x: tensor<3xf32>) -> tensor<3xf32> {
                      %0 = stablehlo.negate %x : tensor<3xf32>
                      return %0 : tensor<3xf32>
                    }
                    """));
      } catch (HloException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private String open(Map<String, String> variables, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add(NATIVE_ACCESS);
    // Neither a plugin nor a program of the user's is found unless a test says so.
    Map<String, String> surroundings =
        new HashMap<>(Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString(), "PATH", ""));
    surroundings.putAll(variables);
    return ChildJvm.run(Open.class, surroundings, all.toArray(String[]::new));
  }

  private Path link(String name) throws IOException {
    Path link = folder.resolve(name);
    Files.createDirectories(link.getParent());
    return Files.createSymbolicLink(link, Path.of(LIBRARY));
  }

  @Test
  void aPropertyNamesThePluginBeforeAnyVariableDoes() throws Exception {
    assertThat(open(Map.of("PJRT_PLUGIN_LIBRARY_PATH", "/no/such.so"), "-Dhlo4j.plugin=" + LIBRARY))
        .contains("at %s (from -Dhlo4j.plugin)".formatted(LIBRARY));
    assertThat(open(Map.of(), "-Dhlo4j.plugin=/no/such.so"))
        .contains("-Dhlo4j.plugin names the plugin \"/no/such.so\", which does not exist.");
  }

  @Test
  void aPropertyNamesAPublishedPlugin() throws Exception {
    assertThat(open(Map.of(), "-Dhlo4j.plugin=cpu")).contains("No PJRT plugin was found.");
    assertThat(open(Map.of("PJRT_PLUGIN_LIBRARY_PATH", LIBRARY), "-Dhlo4j.plugin=nonsense"))
        .contains(
            "-Dhlo4j.plugin must be a path with a /, or a plugin's name, not 'nonsense'. No"
                + " published plugin is named \"nonsense\". There are: cpu (");
  }

  @Test
  void aVariableNamesThePlugin() throws Exception {
    assertThat(open(Map.of("PJRT_PLUGIN_LIBRARY_PATH", LIBRARY)))
        .contains("at %s (from PJRT_PLUGIN_LIBRARY_PATH)".formatted(LIBRARY));
    assertThat(open(Map.of("PJRT_NAMES_AND_LIBRARY_PATHS", "mine:" + LIBRARY)))
        .contains("plugin mine at %s (from PJRT_NAMES_AND_LIBRARY_PATHS)".formatted(LIBRARY));
    assertThat(open(Map.of("PJRT_NAMES_AND_LIBRARY_PATHS", LIBRARY)))
        .contains("PJRT_NAMES_AND_LIBRARY_PATHS has the entry \"" + LIBRARY);
  }

  @ParameterizedTest
  @CsvSource({"VIRTUAL_ENV", "CONDA_PREFIX"})
  void aVariableNamesThePythonEnvironment(String variable) throws Exception {
    Path library = link("env/lib/python3.12/site-packages/jax_plugins/xla_mine/xla_mine_plugin.so");
    assertThat(Files.exists(library)).isTrue();

    assertThat(open(Map.of(variable, folder.resolve("env").toString())))
        .contains("at %s (from the active Python environment)".formatted(LIBRARY));
  }

  @Test
  void aVariableNamesTheFolderOfCaches() throws Exception {
    assertThat(open(Map.of()))
        .contains("the cache folder: " + folder.resolve("cache/hlo4j/plugins"));
    assertThat(open(Map.of("PJRT_PLUGIN_LIBRARY_PATH", LIBRARY))).contains(LIBRARY);

    assertThat(entries(folder.resolve("cache/hlo4j/executables"))).isNotEmpty();
  }

  @Test
  void aDownloadIsAllowedByAProperty() throws Exception {
    assertThat(open(Map.of())).contains("the download: not allowed");
    assertThat(open(Map.of(), "-Dhlo4j.download=true"))
        .contains("Fetching the PJRT plugin requires pip, which was not found on the PATH.");
    assertThat(open(Map.of(), "-Dhlo4j.download=yes"))
        .contains("-Dhlo4j.download must be false or true, not 'yes'");
  }

  @Test
  void aPropertyNamesTheFolderOfCompiledProgramsOrNone() throws Exception {
    Map<String, String> plugin = Map.of("PJRT_PLUGIN_LIBRARY_PATH", LIBRARY);
    Path other = folder.resolve("other");

    assertThat(open(plugin, "-Dhlo4j.cache=off")).contains(LIBRARY);
    assertThat(Files.exists(folder.resolve("cache/hlo4j/executables"))).isFalse();
    assertThat(open(plugin, "-Dhlo4j.cache=" + other)).contains(LIBRARY);
    assertThat(entries(other)).isNotEmpty();
    assertThat(Files.exists(folder.resolve("cache/hlo4j/executables"))).isFalse();
    assertThat(open(plugin, "-Dhlo4j.cache=relative"))
        .contains(
            "-Dhlo4j.cache must be on, off, or the absolute path of a folder, not 'relative'");
  }

  @Test
  void aPropertyBoundsTheFolderOfCompiledPrograms() throws Exception {
    Path cache = folder.resolve("bounded");

    assertThat(
            open(
                Map.of("PJRT_PLUGIN_LIBRARY_PATH", LIBRARY),
                "-Dhlo4j.cache=" + cache,
                "-Dhlo4j.cache.bytes=0"))
        .contains(LIBRARY);
    assertThat(entries(cache)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "hlo4j.cache.bytes, 1 GiB, 'a number of bytes, at least 0, such as 268435456, not'",
    "hlo4j.collectAt.bytes, -5, 'a number of bytes, at least 1, such as 268435456, not'",
    "hlo4j.hostPool.bytes, 1e9, 'a number of bytes, at least 0, such as 268435456, not'",
    "hlo4j.leaks, yes, 'off or report, not'",
    "hlo4j.callSites, none, 'auto or all, not'",
  })
  void aNonsensicalValueIsRefused(String property, String value, String accepted) throws Exception {
    assertThat(
            open(Map.of("PJRT_PLUGIN_LIBRARY_PATH", LIBRARY), "-D%s=%s".formatted(property, value)))
        .contains("-D%s must be %s '%s'".formatted(property, accepted, value));
  }

  private static List<Path> entries(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".lock"))
          .toList();
    }
  }

  /** What another JVM runs: it takes memory for a tensor twice. */
  public static final class Pool {
    private Pool() {}

    /** Prints whether the memory was the same. */
    public static void main(String[] args) {
      HostTensor<Weights> first = HostTensor.allocate(Weights.class);
      long address = first.segment().address();
      first.close();
      HostTensor<Weights> second = HostTensor.allocate(Weights.class);
      System.out.println("same: " + (second.segment().address() == address));
    }
  }

  @Test
  void aPropertySaysHowMuchHostMemoryIsKept() throws Exception {
    assertThat(ChildJvm.run(Pool.class, NATIVE_ACCESS)).contains("same: true");
    assertThat(ChildJvm.run(Pool.class, NATIVE_ACCESS, "-Dhlo4j.hostPool.bytes=0"))
        .contains("same: false");
  }

  /** What another JVM runs: it holds a small buffer until the collector was asked to run. */
  public static final class Collect {
    private Collect() {}

    /** Prints that the collector was asked. */
    public static void main(String[] args) throws InterruptedException {
      CountDownLatch asked = new CountDownLatch(1);
      ManagementFactory.getGarbageCollectorMXBeans()
          .forEach(
              collector ->
                  ((NotificationEmitter) collector)
                      .addNotificationListener(
                          (notification, unused) -> {
                            if (cause(notification.getUserData()).equals("System.gc()")) {
                              asked.countDown();
                            }
                          },
                          null,
                          null));
      try (Pjrt client = Pjrt.open()) {
        DeviceBuffer<Weights> held = client.device().put(Weights.class, new float[512 * 512]);
        asked.await();
        System.out.println("asked while holding " + held.shape());
      }
    }

    private static String cause(Object data) {
      return GarbageCollectionNotificationInfo.from((CompositeData) data).getGcCause();
    }
  }

  @Test
  void aPropertySaysFromWhichSizeTheCollectorIsAsked() throws Exception {
    assertThat(ChildJvm.run(Collect.class, NATIVE_ACCESS, "-Dhlo4j.collectAt.bytes=1000"))
        .contains("asked while holding tensor<512x512xf32>");
  }

  /** What another JVM runs: calls one right after the other, whose results nobody closes. */
  public static final class Calls {
    private Calls() {}

    /** Leaves the results open, which the client reports when it is closed. */
    public static void main(String[] args) {
      List<BufferPromise<Vec>> open = new ArrayList<>();
      try (Pjrt client = Pjrt.open()) {
        DeviceBuffer<Vec> x = client.device().put(Vec.class, new float[4]);
        ArithmeticAsync arithmetic = ArithmeticKernels.async(client.device());
        for (int i = 0; i < 100; i++) {
          open.add(arithmetic.add(x, x));
        }
        open.forEach(promise -> promise.value());
      }
    }
  }

  @Test
  void aPropertyHasEachCallsLineNoted() throws Exception {
    String reports =
        ChildJvm.run(Calls.class, NATIVE_ACCESS, "-Dhlo4j.leaks=report", "-Dhlo4j.callSites=all");

    assertThat(reports.split("org.hlo4j.tests.Arithmetic.add, called at ", -1).length)
        .isGreaterThan(100);
    assertThat(reports).doesNotContain("called in a tight loop");
  }
}
