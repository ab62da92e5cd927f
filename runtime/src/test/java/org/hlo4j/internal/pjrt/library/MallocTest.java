package org.hlo4j.internal.pjrt.library;

import static com.google.common.truth.Truth.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class MallocTest {
  @Test
  void optionsOfTheEnvironmentAreLeftAlone() {
    assertThat(Malloc.isSetUp(Map.of("MALLOC_ARENA_MAX", "2", "GLIBC_TUNABLES", ""))).isFalse();
    assertThat(Malloc.isSetUp(Map.of("MALLOC_TRIM_THRESHOLD_", "131072"))).isTrue();
    assertThat(Malloc.isSetUp(Map.of("GLIBC_TUNABLES", "glibc.malloc.trim_threshold=1"))).isTrue();
    assertThat(Malloc.isSetUp(Map.of("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2_Usable"))).isFalse();
  }
}
