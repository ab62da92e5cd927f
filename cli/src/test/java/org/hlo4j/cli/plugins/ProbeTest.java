package org.hlo4j.cli.plugins;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.hlo4j.cli.plugins.Check.Status;
import org.hlo4j.internal.process.JvmCommand;
import org.hlo4j.plugin.PluginLocator;
import org.hlo4j.plugin.PluginRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProbeTest {
  /** A day: longer than any machine takes to start a JVM. */
  private static final long LONG = 86_400;

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
    assertThat(check.problem()).contains("does not export the function GetPjrtApi");
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
    Check check = new Probe(Halting.class, LONG).check(folder);

    assertThat(check.status()).isEqualTo(Status.FAILED);
    assertThat(check.problem()).isEqualTo("its process was ended by signal 6: aborted");
  }

  @Test
  void theProcessGetsNoOptionsForAllJvms() throws Exception {
    ProcessBuilder parent =
        JvmCommand.here(List.of(), Parent.class, folder.toString())
            .process()
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    parent.environment().put("JAVA_TOOL_OPTIONS", "-Dhlo4j.test=set");
    parent.environment().put("JDK_JAVA_OPTIONS", "-Dhlo4j.test=set");
    parent.environment().put("_JAVA_OPTIONS", "-Dhlo4j.test=set");

    Process process = parent.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(0);
    assertThat(printed.strip()).isEqualTo("set: its process ended with status 3");
  }

  @Test
  void aPluginThatNeverAnswersHasFailed() throws IOException {
    Check check = new Probe(Hanging.class, 1).check(folder);

    assertThat(check.status()).isEqualTo(Status.FAILED);
    assertThat(check.problem()).isEqualTo("the test did not finish within 1 seconds");
  }

  /** Ends as a process does that a signal ends. */
  static final class Halting {
    private Halting() {}

    public static void main(String[] args) {
      System.err.println("aborted");
      Runtime.getRuntime().halt(134);
    }
  }

  /** Has a plugin tried, which ends without a word. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws IOException {
      Check check = new Probe(Silent.class, LONG).check(Path.of(args[0]));
      System.out.println(System.getProperty("hlo4j.test") + ": " + check.problem());
    }
  }

  /** Ends without a word. */
  static final class Silent {
    private Silent() {}

    public static void main(String[] args) {
      Runtime.getRuntime().halt(3);
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
