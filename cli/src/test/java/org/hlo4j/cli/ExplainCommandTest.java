package org.hlo4j.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExplainCommandTest {
  @TempDir Path folder;

  private static Ran explain(String... files) {
    Object[] words = new Object[files.length + 1];
    words[0] = "explain";
    System.arraycopy(files, 0, words, 1, files.length);
    return Ran.hlo4j(words);
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

    Ran ran = explain(file);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isEqualTo(0);
    String text = ran.out();
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
    assertThat(text).containsMatch("\n  copies inserted by XLA: 0, of buffers in loops: 0\n");
    assertThat(text).containsMatch("\n  copied per call +0 bytes\n");
    assertThat(text).containsMatch("\n  arguments +512 bytes\n");
    assertThat(text).containsMatch("\n  aliased outputs +256 bytes\n");
  }

  @Test
  void aRefusedProgramIsShownWithItsLine() throws Exception {
    String file = file("bad.mlir", "func.func @main() {\n  return %x : tensor<f32>\n}\n");

    Ran ran = explain(file);

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains(file + ", line 2, column 10: ");
  }

  @Test
  void aFileThatIsNotThereIsSaidNotToBe() {
    Ran ran = explain(folder.resolve("nothing.mlir").toString());

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains("nothing.mlir does not exist");
  }

  @Test
  void withoutAFileItSaysHowItIsUsed() {
    Ran ran = explain();

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("Usage: hlo4j explain");
  }

  @Test
  void scriptsGetTheSameAsJson() {
    Ran ran = Ran.hlo4j("explain", "--json", Sample.file("step.mlir"));

    JsonObject answer = JsonParser.parseString(ran.out()).getAsJsonArray().get(0).getAsJsonObject();
    JsonObject first = answer.getAsJsonArray("inputs").get(0).getAsJsonObject();
    assertThat(first.get("label").getAsString()).isEqualTo("params['class']");
    assertThat(first.get("type").getAsString()).isEqualTo("tensor<2xf32>");
    assertThat(first.get("donatedTo").getAsInt()).isEqualTo(0);
    assertThat(answer.getAsJsonArray("outputs")).hasSize(11);
    assertThat(answer.getAsJsonObject("operations").get("dot_general").getAsInt()).isEqualTo(2);
    assertThat(answer.getAsJsonObject("compiled").get("aliasedBytes").getAsLong()).isEqualTo(68);
  }

  @Test
  void ofBytecodeXlaTellsTheSignatureAndTheNames() {
    Ran ran = Ran.hlo4j("explain", Sample.file("step.mlirbc"));

    assertThat(ran.out())
        .contains("in  arg2 (params['layer1']['w']): tensor<4x3xf32>, donated to output 2\n");
    assertThat(ran.out()).contains("out 3: tensor<f32>\n");
  }
}
