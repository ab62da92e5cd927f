package org.hlo4j.cli.plugins;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.hlo4j.cli.plugins.Check.Status;
import org.hlo4j.plugin.PluginLocator;
import org.hlo4j.plugin.PluginRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProbeTest {
  @TempDir Path folder;

  @Test
  void aPluginThatComputesRightIsSupported() throws IOException {
    Path library = PluginLocator.ofThisJvm().locate(PluginRequest.any()).library();

    Check check = Probe.usual().check(library);

    assertThat(check.problem()).isEmpty();
    assertThat(check.status()).isEqualTo(Status.SUPPORTED);
    assertThat(check.facts()).containsEntry("platform", "cpu");
    assertThat(check.facts()).containsEntry("api", "0.106");
  }

  @Test
  void aLibraryThatIsNoPluginIsUnsupported() throws IOException {
    Path library = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));

    Check check = Probe.usual().check(library);

    assertThat(check.status()).isEqualTo(Status.UNSUPPORTED);
    assertThat(check.problem()).contains("exports no function GetPjrtApi");
  }

  @Test
  void aFileThatIsNoLibraryHasFailed() throws IOException {
    Path library = Files.writeString(folder.resolve("plugin.so"), "no library");

    Check check = Probe.usual().check(library);

    assertThat(check.status()).isEqualTo(Status.FAILED);
    assertThat(check.problem()).contains("plugin.so cannot be loaded");
  }

  @Test
  void aPluginThatEndsItsProcessHasFailed() throws IOException {
    Check check = Probe.with(Halting.class, 60).check(folder);

    assertThat(check.status()).isEqualTo(Status.FAILED);
    assertThat(check.problem()).isEqualTo("it ended its process by signal 6: aborted");
  }

  @Test
  void aPluginThatNeverAnswersHasFailed() throws IOException {
    Check check = Probe.with(Hanging.class, 1).check(folder);

    assertThat(check.status()).isEqualTo(Status.FAILED);
    assertThat(check.problem()).isEqualTo("it was not done after 1 seconds");
  }

  /** Ends as a process does that a signal ends. */
  static final class Halting {
    private Halting() {}

    public static void main(String[] args) {
      System.err.println("aborted");
      Runtime.getRuntime().halt(134);
    }
  }

  /** Waits for nothing. */
  static final class Hanging {
    private Hanging() {}

    public static void main(String[] args) throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }
}
