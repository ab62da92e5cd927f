package org.hlo4j.plugin;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hlo4j.error.PluginException;
import org.junit.jupiter.api.Test;

final class WheelTest {
  private static final String SHA = "0123456789abcdef".repeat(4);

  @Test
  void theKeyNamesProjectVersionAndBytes() {
    assertThat(new Wheel("some-cpu", "1.2", SHA, "a/b.so").key())
        .isEqualTo("some-cpu-1.2-0123456789abcdef");
  }

  @Test
  void pipIsToldTheExactBytes() {
    assertThat(new Wheel("some-cpu", "1.2", SHA, "a/b.so").requirement())
        .isEqualTo("some-cpu==1.2 --hash=sha256:" + SHA);
  }

  @Test
  void namesThatWouldLeaveTheFolderAreRefused() {
    for (String entry : new String[] {"../b.so", "/b.so", "a//b.so", "a/..", "a\\b.so", "", "a/"}) {
      assertThrows(IllegalArgumentException.class, () -> new Wheel("some-cpu", "1.2", SHA, entry));
    }
    assertThrows(IllegalArgumentException.class, () -> new Wheel("../x", "1", SHA, "b.so"));
    assertThrows(IllegalArgumentException.class, () -> new Wheel("x", "1\nevil", SHA, "b.so"));
    assertThrows(IllegalArgumentException.class, () -> new Wheel("x", "1", "abc", "b.so"));
  }

  @Test
  void publishedPluginsGoByConstantOrProject() {
    assertThat(PublishedPlugin.named("cpu")).isEqualTo(PublishedPlugin.CPU);
    assertThat(PublishedPlugin.named("xla-cpu-pjrt")).isEqualTo(PublishedPlugin.XLA_CPU_PJRT);
    assertThat(PublishedPlugin.named("LAMMPS_JAX_CPU")).isEqualTo(PublishedPlugin.LAMMPS_JAX_CPU);
    assertThat(PublishedPlugin.named("fastatomstruct-xla-cpu")).isEqualTo(PublishedPlugin.CPU);
  }

  @Test
  void anUnknownPublishedPluginIsAnsweredWithTheKnownOnes() {
    PluginException e = assertThrows(PluginException.class, () -> PublishedPlugin.named("gpu"));
    assertThat(e)
        .hasMessageThat()
        .isEqualTo(
            "No published plugin is named \"gpu\". There are: cpu (fastatomstruct-xla-cpu),"
                + " lammps-jax-cpu (lammps-jax-pjrt-cpu), xla-cpu-pjrt (xla-cpu-pjrt).");
  }
}
