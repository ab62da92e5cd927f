package org.hlo4j.tests.compile;

import static com.google.common.truth.Truth.assertThat;

import com.google.testing.compile.Compilation;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

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
}
