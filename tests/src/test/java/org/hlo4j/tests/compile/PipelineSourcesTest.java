package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaFileObject;
import org.hlo4j.processor.fixture.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines in sources that are wrong elsewhere, or written in an odd way. */
class PipelineSourcesTest {
  private static List<String> messages(Compilation compilation) {
    return compilation.errors().stream()
        .map(error -> error.getMessage(Locale.ROOT).lines().findFirst().orElse(""))
        .toList();
  }

  @Test
  void aKernelThatIsWrongIsReportedOnce() {
    Compilation compilation =
        Source.compile(
            Source.of(
                "Wrong",
                """
                @Kernels interface Wrong {
                  @Kernel("func.func @other(%x: tensor<4xf32>) { return }")
                  Tensor<Vec> other(Tensor<Vec> x);
                  @Pipeline(\"""
                      f = start other(x)
                      y = done f
                      repeat 2 (y) { y = other(y) }
                      return y
                      \""")
                  Tensor<Vec> run(Tensor<Vec> x);
                }
                """));

    assertThat(messages(compilation)).hasSize(1);
    assertThat(messages(compilation).get(0)).contains("there is no function @main");
  }

  private static Compilation compilePipeline(String statements) {
    return Source.compile(pipeline("neg", statements));
  }

  /** A pipeline of the kernel {@code add}, and of one that negates. */
  private static JavaFileObject pipeline(String negation, String statements) {
    return Source.of(
        "Tried",
        """
            @Kernels interface Tried {
              @Kernel(\"""
                  func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
                    %0 = stablehlo.add %x, %y : tensor<4xf32>
                    return %0 : tensor<4xf32>
                  }
                  \""")
              Tensor<Vec> add(Tensor<Vec> x, Tensor<Vec> y);
              @Kernel(\"""
                  #here = loc("here")
                  func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
                    %0 = stablehlo.negate %x : tensor<4xf32> loc(#here)
                    return %0 : tensor<4xf32>
                  }
                  \""")
              Tensor<Vec> $NEGATION(Tensor<Vec> x);
              @Pipeline(\"""
            $STATEMENTS
                  \""")
              Tensor<Vec> run(Tensor<Vec> x, Tensor<Vec> y);
            }
            """
            .replace("$NEGATION", negation)
            .replace("$STATEMENTS", statements.indent(8).stripTrailing()));
  }

  /** Statements in loops in each other, each of which may say which one it is by a "$". */
  private static String nested(int depth, String head, String first, String last) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      text.append((head + " {\n" + first + "\n").replace("$", Integer.toString(i)));
    }
    for (int i = depth - 1; i >= 0; i--) {
      text.append((last + "\n}\n").replace("$", Integer.toString(i)));
    }
    return text.toString().replaceAll("\n+", "\n");
  }

  /** In files, whose encoding is an option of the compiler; the JVM's own may be any. */
  @Test
  void namesMayBeOfAnyLetters(@TempDir Path folder) throws IOException {
    FolderBuild build = FolderBuild.withJavac(folder);

    List<Path> sources =
        build.sources(
            pipeline(
                "größe",
                "länge = größe(x)\n𝒙 = größe(länge)\nf = start größe(𝒙)\nｙ = done f\nreturn ｙ"));

    assertThat(build.errors(sources)).isEmpty();
  }

  @Test
  void loopsMayStandDeepInEachOther() {
    Compilation compilation =
        compilePipeline(nested(62, "repeat 2 (x)", "", "x = add(x, y)") + "return x");

    assertThat(messages(compilation)).isEmpty();
  }

  @Test
  void roundsThatAreWrittenOutHaveAnEnd() {
    String slots = "s = ref x" + ", like x".repeat(16) + "\n";
    Compilation compilation =
        compilePipeline(
            slots + nested(6, "repeat 32 as i$", "add(s[i$], y -> s[i$ + 1])", "") + "return s[0]");

    assertThat(messages(compilation)).hasSize(1);
    assertThat(messages(compilation).get(0))
        .contains("after unrolling, this has more than 2,000 steps");
  }

  @Test
  void loopsWhoseFirstRoundsGoBeforeThemHaveAnEnd() {
    Compilation compilation =
        compilePipeline(
            "r = ref like x\n"
                + nested(20, "repeat 3", "add(x, y -> r)", "add(r, y -> r)")
                + "return r");

    assertThat(messages(compilation)).isEmpty();
  }

  @Test
  void loopsThatAreCutWhereNothingIsInFlightHaveAnEnd() {
    Compilation compilation =
        compilePipeline(
            "f = start add(x, y)\n"
                + nested(20, "repeat 3 (f)", "", "a = done f\nf = start add(a, y)")
                + "z = done f\nreturn z");

    assertThat(messages(compilation)).hasSize(1);
    assertThat(messages(compilation).get(0))
        .contains("after unrolling, this has more than 2,000 steps");
  }
}
