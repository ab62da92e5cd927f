package org.hlo4j.plugin;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hlo4j.error.PluginException;
import org.hlo4j.internal.process.JvmCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program that a build calls; two of these tests download the real plugin. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
final class FetchPluginTest {
  private static final Pip NO_PIP = new Pip(List.of());

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(FakeHost somewhere, String... names) {
    try (PrintStream printedOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream printedErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      return FetchPlugin.run(List.of(names), somewhere.build(), NO_PIP, printedOut, printedErr);
    }
  }

  @Test
  void twoProcessesAtOnceFetchTheRealPluginOnceAndLaterRunsAreSilent() throws Exception {
    List<Process> processes = List.of(start("first"), start("second"));
    for (Process process : processes) {
      assertWithMessage("status of %s", printed()).that(process.waitFor()).isEqualTo(0);
    }
    List<String> lines = printed();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .isEqualTo(
            "hlo4j: fetching the PJRT plugin fastatomstruct-xla-cpu 2026.6.23 with pip, once");
    assertThat(lines.get(1)).startsWith("hlo4j: installed it in ");

    FakeHost here = FakeHost.onLinux(Path.of("/nowhere")).variable("XDG_CACHE_HOME", folder);
    assertThat(run(here, "cpu")).isEqualTo(0);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();

    HostEnvironment host = here.build();
    PluginLocation found =
        new PluginLocator(host, new PluginFetcher(host, NO_PIP)).locate(PluginRequest.any());
    assertThat(Files.size(found.library())).isEqualTo(273_768_800L);
    assertThat(List.of(found.library().getFileName().toString(), found.origin().name()))
        .containsExactly("libpjrt_cpu.so", "CACHE")
        .inOrder();
  }

  /** Starts a JVM with nothing but this module's classes. */
  private Process start(String name) throws IOException, URISyntaxException {
    Path classes =
        Path.of(FetchPlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    ProcessBuilder builder =
        new JvmCommand(List.of(), classes.toString(), FetchPlugin.class.getName(), List.of("cpu"))
            .process()
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("XDG_CACHE_HOME", folder.toString());
    builder.environment().remove("PJRT_PLUGIN_LIBRARY_PATH");
    return builder.start();
  }

  private List<String> printed() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("first", "second")) {
      lines.addAll(Files.readAllLines(folder.resolve(name + ".log")));
    }
    return lines;
  }

  @Test
  void theRealPipRefusesAWheelWithAnotherHash() throws IOException {
    Wheel cpu = PublishedPlugin.CPU.wheel();
    Wheel wrong = new Wheel(cpu.project(), cpu.version(), "0".repeat(64), cpu.libraryEntry());
    PluginFetcher fetcher =
        new PluginFetcher(FakeHost.onLinux(folder).build(), new Pip(Pip.USUAL_COMMANDS));
    PluginException e =
        assertThrows(PluginException.class, () -> fetcher.fetch(wrong, line -> {}, bytes -> {}));
    // The words are those of the pip at hand; all of them speak of hashes.
    assertThat(e).hasMessageThat().contains("ended with status 1. The end of its output:");
    assertThat(e).hasMessageThat().containsMatch("(?i)hash");
    try (Stream<Path> files = Files.list(folder.resolve(".cache/hlo4j/plugins"))) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .containsExactly(wrong.key() + ".lock");
    }
  }

  @Test
  void withAPluginInTheVariableItDoesNothing() {
    FakeHost elsewhere =
        FakeHost.onLinux(folder).variable("PJRT_PLUGIN_LIBRARY_PATH", "/some/plugin.so");
    assertThat(run(elsewhere)).isEqualTo(0);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(Files.exists(folder.resolve(".cache"))).isFalse();
  }

  @Test
  void aFailureIsAMessageAndStatusOne() {
    assertThat(run(FakeHost.onLinux(folder))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("Fetching the PJRT plugin requires pip, which was not found on the PATH.");
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
  }

  @Test
  void anUnknownNameIsAMessageAndStatusOne() {
    assertThat(run(FakeHost.onLinux(folder), "gpu")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("No published plugin is named \"gpu\".");
  }
}
