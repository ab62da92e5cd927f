package org.hlo4j.cli;

import static com.google.common.truth.Truth.assertThat;

import org.junit.jupiter.api.Test;

final class Hlo4jTest {
  @Test
  void withoutACommandItSaysWhichThereAre() {
    Ran ran = Ran.hlo4j();

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("Missing required subcommand");
    assertThat(ran.err()).contains("plugins");
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(Ran.hlo4j("--version").out()).containsMatch("^hlo4j [0-9]+\\.[0-9]+\\.[0-9]+");
  }

  @Test
  void shellsGetACompletion() {
    Ran ran = Ran.hlo4j("generate-completion");

    assertThat(ran.status()).isEqualTo(0);
    assertThat(ran.out()).contains("complete -F _complete_hlo4j");
    assertThat(ran.out()).contains("explain");
  }

  @Test
  void aBarShowsHowFarADownloadIs() {
    assertThat(Progress.bar(15_000_000, 60_000_000))
        .isEqualTo("[#######.......................] 15.0 of 60.0 MB");
    assertThat(Progress.bar(70_000_000, 60_000_000))
        .isEqualTo("[##############################] 60.0 of 60.0 MB");
  }
}
