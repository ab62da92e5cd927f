package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
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
    String output = ChildJvm.run(Open.class, "--illegal-native-access=deny");

    assertThat(output)
        .contains(
            "Native access is denied. Start java with --enable-native-access=org.hlo4j.runtime, or,"
                + " where hlo4j is on the class path, --enable-native-access=ALL-UNNAMED");
  }
}
