package org.hlo4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Programs to try the commands with. */
final class Sample {
  private Sample() {}

  /** A file beside this class, such as {@code step.mlir}. */
  static Path file(String name) {
    return at(name);
  }

  /** A file of a program of the corpus, such as its {@code in_0.npy}. */
  static Path corpus(String program, String file) {
    return at("/org/hlo4j/tests/corpus/" + program + "/" + file);
  }

  /** A file as JAX's users have it. */
  static Path fromJax(String file) {
    return at("/org/hlo4j/tests/files/" + file);
  }

  /** A program of the corpus as text. */
  static Path program(String program) {
    return at("/org/hlo4j/internal/mlir/corpus/" + program + ".mlir");
  }

  /** All programs of the corpus. */
  static Stream<Path> corpus() {
    return Stream.of("/org/hlo4j/internal/mlir/corpus", "/org/hlo4j/tests/corpus")
        .flatMap(Sample::programsIn);
  }

  private static Stream<Path> programsIn(String folder) {
    try (Stream<Path> files = Files.walk(at(folder))) {
      return files
          .filter(file -> file.toString().matches(".*\\.mlir(bc)?"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path at(String resource) {
    try {
      return Path.of(Objects.requireNonNull(Sample.class.getResource(resource)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
