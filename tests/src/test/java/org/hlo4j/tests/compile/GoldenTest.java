package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static com.google.testing.compile.CompilationSubject.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.hlo4j.processor.fixture.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The exact text of what is generated. {@code -Dhlo4j.golden=write} makes what is generated now the
 * text that is expected, for a reader to review.
 */
class GoldenTest {
  static final Path FOLDER =
      Path.of("src/test/resources/org/hlo4j/tests/compile/golden").toAbsolutePath();

  private static final boolean WRITE = "write".equals(System.getProperty("hlo4j.golden"));

  /** Folders with an {@code Input.java}; the generated files are beside it. */
  static Stream<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theGeneratedTextIsTheExpectedOne(String name) throws IOException {
    Path folder = FOLDER.resolve(name);

    Compilation compilation = Source.compile(input(name));

    assertThat(compilation).succeededWithoutWarnings();
    int generated = 0;
    for (JavaFileObject file : compilation.generatedFiles()) {
      if (file.getName().matches(".*_OUTPUT/test/.*[.](java|mlir|txt)")) {
        check(folder, file);
        generated++;
      }
    }
    try (Stream<Path> expected = Files.list(folder)) {
      assertThat(expected).hasSize(generated + 1); // and the input
    }
  }

  /** The source in a folder. */
  static JavaFileObject input(String name) throws IOException {
    String text = Files.readString(FOLDER.resolve(name).resolve("Input.java.txt"));
    return Source.of(publicTypeIn(text), text);
  }

  private static void check(Path folder, JavaFileObject file) throws IOException {
    String simpleName = file.getName().substring(file.getName().lastIndexOf('/') + 1);
    Path expected = folder.resolve(simpleName.endsWith(".txt") ? simpleName : simpleName + ".txt");
    String text = Source.utf8Of(file);
    if (WRITE) {
      Files.writeString(expected, text);
    }
    assertWithMessage(simpleName).that(text).isEqualTo(Files.readString(expected));
  }

  /** The file's name: the public type, or else the first. */
  private static String publicTypeIn(String input) {
    String declaration =
        input
            .lines()
            .filter(line -> line.matches("(public )?(final )?(class|interface) .*"))
            .findFirst()
            .orElseThrow();
    String afterKeyword = declaration.replaceFirst(".*?(class|interface) ", "");
    return afterKeyword.substring(0, afterKeyword.indexOf(' '));
  }

  @Test
  void noLineIsLongerThanAPersonWouldWriteIt() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith("input.java.txt")) {
          Files.readAllLines(file)
              .forEach(line -> assertWithMessage(name).that(line.length()).isAtMost(100));
        }
      }
    }
  }
}
