package org.hlo4j.examples.ring;

import static com.google.common.truth.Truth.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.hlo4j.Pjrt;
import org.junit.jupiter.api.Test;

final class GoAroundTest {
  @Test
  void theExampleShowsWhereTheDataWentAndWhatWasMadeOfTheLoops() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (Pjrt pjrt = Pjrt.builder().cpuDevices(4).open()) {
      new GoAround(pjrt.group(4), new PrintStream(printed, true, StandardCharsets.UTF_8)).run();
    }

    String text = printed.toString(StandardCharsets.UTF_8);
    assertThat(text).contains("overlap\n  device 0 has [30.0, 31.0, 32.0, 33.0]");
    assertThat(text).contains("accumulating\n  device 0 has [120.0, 128.0, 136.0, 144.0]");
    assertThat(text).contains("2 rounds in one: XLA copies nothing");
  }
}
