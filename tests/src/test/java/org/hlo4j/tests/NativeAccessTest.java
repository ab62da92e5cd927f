package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.hlo4j.Pjrt;
import org.hlo4j.error.PluginException;
import org.junit.jupiter.api.Test;

/** A JVM that forbids native access says which flag allows it. */
final class NativeAccessTest {
  /** What the other JVM runs. */
  public static final class Open {
    private Open() {}

    /** Opens a plugin and prints why it could not. */
    public static void main(String[] args) {
      try (Pjrt client = Pjrt.open()) {
        System.out.println(client);
      } catch (PluginException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void theMessageNamesTheFlag() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--illegal-native-access=deny",
                "-cp",
                System.getProperty("java.class.path"),
                Open.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(0);
    assertThat(output)
        .contains(
            "Native access is denied. Start java with --enable-native-access=org.hlo4j.runtime, or,"
                + " where hlo4j is on the class path, --enable-native-access=ALL-UNNAMED");
  }
}
