package org.hlo4j.cli;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For whatever JAX exports, an interface is written that javac and the processor accept. */
final class InitCorpusTest {
  @TempDir Path folder;

  static Stream<Path> programs() {
    return Sample.corpus();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void everyProgramOfTheCorpusBecomesAnInterfaceThatBuilds(Path program) throws IOException {
    Ran ran = Ran.hlo4j("init", program, "--package", "com.acme", "--dir", folder);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isEqualTo(0);
    assertThat(Javac.build(folder)).isEmpty();
  }
}
