package org.hlo4j.examples.jshell;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RunScriptTest {
  @Test
  void theVignetteSaysWhatItComputes() throws IOException, InterruptedException {
    // As the example is started: JShell's snippets see what is on a class path.
    String classPath =
        Stream.of(System.getProperty("jdk.module.path"), System.getProperty("java.class.path"))
            .filter(path -> path != null && !path.isEmpty())
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-classpath",
                classPath,
                RunScript.class.getName())
            // Where a JVM says which options it has picked up.
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            x + y is a tensor<2x2xf32> on cpu:0
            [[ 6.  8.]
             [10. 12.]]
            Nothing has waited until now: [7.0, 10.0, 13.0, 16.0]
            0.5 * 1.5^5 = 3.796875
            The sum of all elements is 250000.0, and a row times a column 62.5
            Squares: [1, 4, 9]
            """);
    assertThat(process.waitFor()).isEqualTo(0);
  }

  @Test
  void aSnippetThatDoesNotCompileEndsTheScript() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> RunScript.run("int x = \"text\"\nx + 1"));

    assertThat(e).hasMessageThat().startsWith("JShell refuses this: int x = \"text\"");
  }

  @Test
  void aSnippetThatThrowsEndsTheScript() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> RunScript.run("int x = 1 / 0"));

    assertThat(e).hasMessageThat().startsWith("This has failed: int x = 1 / 0");
  }
}
