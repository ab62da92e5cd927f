package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hlo4j.processor.explain.Explain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int explain(String... files) {
    return new Explain(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(files);
  }

  private String file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @Test
  void signatureBuffersOperationsCopiesAndMemoryAreTold() throws Exception {
    String file =
        file(
            "step.mlir",
            """
            module @step {
              func.func @main(%w: tensor<64xf32> {tf.aliasing_output = 0 : i32},
                  %x: tensor<64xf32>, %unread: tensor<i1>)
                  -> (tensor<64xf32>, tensor<64xf32>, tensor<64xf32>) {
                %0 = stablehlo.add %w, %x : tensor<64xf32>
                return %0, %x, %0 : tensor<64xf32>, tensor<64xf32>, tensor<64xf32>
              }
            }
            """);

    int status = explain(file);

    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(status).isEqualTo(0);
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text)
        .startsWith(
            """
            %s
              step
              in  w: tensor<64xf32>, donated to output 0
              in  x: tensor<64xf32>
              in  unread: tensor<i1>, unused
              out 0: tensor<64xf32>
              out 1: tensor<64xf32>, input 1 unchanged
              out 2: tensor<64xf32>, the same as output 0

              3 inputs: 1 donated, 1 unused
              3 outputs: 1 are inputs' buffers, 1 other outputs' buffers, 0 copied by XLA

              compiled by the cpu client\
            """
                .formatted(file));
    assertThat(text).containsMatch("\n  add +1 +1\n");
    assertThat(text).containsMatch("\n  func.return +1\n");
    assertThat(text).containsMatch("\n  parameter +[0-9]+\n");
    assertThat(text).containsMatch("\n  copies that XLA has inserted: 0, of buffers in loops: 0\n");
    assertThat(text).containsMatch("\n  copied in a call +0 bytes\n");
    assertThat(text).containsMatch("\n  arguments +512 bytes\n");
    assertThat(text).containsMatch("\n  of them aliased +256 bytes\n");
  }

  @Test
  void aRefusedProgramIsShownWithItsLine() throws Exception {
    String file = file("bad.mlir", "func.func @main() {\n  return %x : tensor<f32>\n}\n");

    assertThat(explain(file)).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(file + ", line 2, column 10: ");
  }

  @Test
  void aFileThatIsNotThereIsSaidNotToBe() {
    assertThat(explain(folder.resolve("nothing.mlir").toString())).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("nothing.mlir cannot be read");
  }

  @Test
  void withoutAFileItSaysHowItIsUsed() {
    assertThat(explain()).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("usage: explain FILE...");
  }
}
