package org.hlo4j.examples;

import static com.google.common.truth.Truth.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ExamplesTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream refused = new ByteArrayOutputStream();

  private boolean run(String... args) throws Exception {
    return Examples.run(
        args,
        new PrintStream(printed, true, StandardCharsets.UTF_8),
        new PrintStream(refused, true, StandardCharsets.UTF_8));
  }

  @Test
  void theExamplesAreListedWithOneLineEach() throws Exception {
    assertThat(run("list")).isTrue();

    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("\n  ring        four devices");
    assertThat(refused.size()).isEqualTo(0);
  }

  @Test
  void anUnknownNameIsRefusedWithTheNamesThatThereAre() throws Exception {
    assertThat(run("digit")).isFalse();

    assertThat(refused.toString(StandardCharsets.UTF_8))
        .startsWith("There is no example digit. These are there:\n  digits ");
    assertThat(printed.size()).isEqualTo(0);
  }
}
