package org.hlo4j.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.type.F32;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model in several safetensors files is opened by its index. */
final class ShardIndexTest {
  private static final String ONE = "model-00001-of-00002.safetensors";
  private static final String TWO = "model-00002-of-00002.safetensors";

  @TensorType("tensor<2xf32>")
  interface W extends F32 {}

  record Layer(Tensor<W> w) {}

  record Model(Layer layers0, Layer layers1) {}

  @TempDir private Path folder;

  @BeforeEach
  void writeShards() throws IOException {
    write(ONE, "model.layers.0.w", 1);
    write(TWO, "model.layers.1.w", 2);
  }

  private void write(String file, String name, float first) throws IOException {
    TensorFile.writer()
        .add(name, Shape.parse("tensor<2xf32>"), MemorySegment.ofArray(new float[] {first, 0}))
        .write(folder.resolve(file));
  }

  private Path index(String json) throws IOException {
    return Files.writeString(folder.resolve("model.safetensors.index.json"), json);
  }

  private Path right() throws IOException {
    return index(
        """
        {"metadata": {"total_size": 16, "more": [1, {"a": null}]},
         "weight_map": {"model.layers.0.w": "%s", "model.layers.1.w": "%s"}}
        """
            .formatted(ONE, TWO));
  }

  @Test
  void allFilesAreOne() throws IOException {
    TensorFile file = TensorFile.open(right());

    assertThat(file.tensors().keySet())
        .containsExactly("model.layers.0.w", "model.layers.1.w")
        .inOrder();
    Model model = Weights.of(Model.class).load(Plugin.device(), file);
    assertThat(model.layers1().w().toFloatArray()).isEqualTo(new float[] {2, 0});
  }

  @Test
  void aSinglePartSaysWhatToOpen() throws IOException {
    TensorFile part = TensorFile.open(folder.resolve(ONE));

    assertThat(
            assertThrows(
                ArgumentException.class, () -> Weights.of(Model.class).load(Plugin.device(), part)))
        .hasMessageThat()
        .endsWith("this file is one of 2: open model.safetensors.index.json instead");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"weight_map\": {}}|the index has no weight_map",
        "{\"metadata\": 1}|the index has no weight_map",
        "{\"weight_map\": [\"a\"]}|the index: weight_map must be an object, but is an array",
        "{\"weight_map\": {\"a\": 1}}|the index: the file of a must be a string, but is a number",
        "{\"weight_map\": {\"a\": \"../x\"}}|the index: ../x of a is not the name of a file in the same folder",
        "{\"weight_map\": {\"a\": \"/etc/x\"}}|the index: /etc/x of a is not the name of a file",
        "{\"weight_map\": {\"a\": \"..\"}}|the index: .. of a is not the name of a file in the same folder",
        "{\"weight_map\": {\"a\": \"\"}}|the index:  of a is not the name of a file in the same folder",
        "{\"weight_map\": {\"a\": \"no.safetensors\"}}|the index names no.safetensors, but there is"
            + " no such file in its folder",
        "{\"weight_map\": {\"a\": \"model-00001-of-00002.safetensors\"}}"
            + "|model-00001-of-00002.safetensors has no tensor a, although the index lists it",
        "{\"weight_map\": {\"a\": \"b\", \"a\": \"b\"}}|the index: the name a is duplicated",
        "{\"weight_map\": {\"a\": 'b'}}|the index is not valid JSON in line 1, column 23",
        "{\"weight_map\": {\"a\": \"b\"|the index is not valid JSON: it ends prematurely, in line 1",
        "{\"weight_map\": {\"a\": \"b\"}} x|the index is not valid JSON in line 1",
      })
  void anIndexThatIsNotRightIsRefused(String json, String message) throws IOException {
    Path index = index(json);

    assertThat(assertThrows(FileFormatException.class, () -> TensorFile.open(index)))
        .hasMessageThat()
        .startsWith("model.safetensors.index.json: " + message);
  }

  @Test
  void anIndexInAStreamIsRefused() {
    byte[] json = "{\"weight_map\": {}}".getBytes(StandardCharsets.UTF_8);

    assertThat(
            assertThrows(
                FileFormatException.class,
                () -> TensorFile.read("i.json", new ByteArrayInputStream(json))))
        .hasMessageThat()
        .isEqualTo(
            "i.json: it is an index of several files; open it by its path, beside those files");
  }
}
