package org.hlo4j.data;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.HostTensor;
import org.hlo4j.Ref;
import org.hlo4j.Tensor;
import org.hlo4j.annotation.TensorType;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.type.BF16;
import org.hlo4j.type.Element;
import org.hlo4j.type.F32;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of weights come from files by name, and go into them. */
@NullUnmarked
final class WeightsTest {
  @TensorType("tensor<2xf32>")
  interface W extends F32 {}

  @TensorType("tensor<3xf32>")
  interface B extends F32 {}

  @TensorType("tensor<2xbf16>")
  interface H extends BF16 {}

  record Layer(Tensor<W> w, DeviceBuffer<B> b) {}

  record Params(Layer layer1, Layer layer2) {}

  record Flat(Tensor<W> hiddenWeights, Tensor<B> bias) {}

  @TempDir private Path folder;

  private final Device device = Plugin.device();

  private static HostTensor<W> w(float first) {
    return HostTensor.allocate(W.class).set(new float[] {first, 2});
  }

  private static HostTensor<B> b(float first) {
    return HostTensor.allocate(B.class).set(new float[] {first, 2, 3});
  }

  private TensorFile file(String... names) throws IOException {
    TensorWriter writer = TensorFile.writer();
    for (int i = 0; i < names.length; i++) {
      writer.add(names[i], i % 2 == 0 ? w(i) : b(i));
    }
    Path path = folder.resolve("params.safetensors");
    writer.write(path);
    return TensorFile.open(path);
  }

  private <R extends Record> String refusal(Class<R> type, TensorFile file) {
    Weights<R> weights = Weights.of(type);
    return assertThrows(ArgumentException.class, () -> weights.load(device, file)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "layer1.w, layer1.b, layer2.w, layer2.b",
    "layer1/w, layer1/b, layer2/w, layer2/b",
    "params/layer1/w, params/layer1/b, params/layer2/w, params/layer2/b",
    "model.params.layer1.w, model.params.layer1.b, model.params.layer2.w, model.params.layer2.b",
    "\"['layer1']['w']\", \"['layer1']['b']\", \"['layer2']['w']\", \"['layer2']['b']\"",
    "\"['params'].layer1.w\", \"['params'].layer1.b\", \"['params'].layer2.w\","
        + " \"['params'].layer2.b\"",
    "Layer_1.W, Layer_1.B, Layer_2.W, Layer_2.B",
    "layer/1/w, layer/1/b, layer/2/w, layer/2/b",
    "layer[1].w, layer[1].b, layer[2].w, layer[2].b",
  })
  void namesAsPythonWritesThemAreFound(String a, String b, String c, String d) throws IOException {
    Params params = Weights.of(Params.class).load(device, file(a, b, c, d));

    assertThat(params.layer1().w().toFloatArray()).isEqualTo(new float[] {0, 2});
    assertThat(params.layer1().b().toFloatArray()).isEqualTo(new float[] {1, 2, 3});
    assertThat(params.layer2().w().toFloatArray()).isEqualTo(new float[] {2, 2});
    assertThat(params.layer2().b().toFloatArray()).isEqualTo(new float[] {3, 2, 3});
  }

  record Variables(Ref<W> w, Ref<B> b) {}

  @Test
  void variablesAreLoadedAndSaved() throws IOException {
    Weights<Variables> weights = Weights.of(Variables.class);
    Variables variables = weights.load(device, file("w", "b"));
    variables.w().set(device.put(W.class, new float[] {7, 8}));

    Path saved = folder.resolve("saved.npz");
    weights.save(variables, saved);

    Variables again = weights.load(device, saved);
    assertThat(again.w().toFloatArray()).isEqualTo(new float[] {7, 8});
    assertThat(again.b().toFloatArray()).isEqualTo(new float[] {1, 2, 3});
  }

  @Test
  void namesMayBeSaid() throws IOException {
    TensorFile file = file("0.weight", "0.bias", "2.weight", "2.bias");
    Weights<Params> weights =
        Weights.of(Params.class)
            .named(
                path ->
                    path.replace("layer1", "0")
                        .replace("layer2", "2")
                        .replace(".w", ".weight")
                        .replace(".b", ".bias"));

    Params params = weights.load(device, file);
    assertThat(params.layer2().b().toFloatArray()).isEqualTo(new float[] {3, 2, 3});
    Path copy = folder.resolve("copy.npz");
    weights.save(params, copy);
    assertThat(TensorFile.open(copy).tensors().keySet())
        .containsExactly("0.weight", "0.bias", "2.weight", "2.bias")
        .inOrder();
  }

  /** That nobody has loaded from a file with other names. */
  record Fresh(Layer layer1, Layer layer2) {}

  @Test
  void aRecordGoesIntoAFileAndComesBack() throws IOException {
    Fresh params =
        new Fresh(
            new Layer(device.put(w(5)), device.put(b(6))),
            new Layer(device.put(w(7)), device.put(b(8))));
    for (String name : List.of("x.npz", "x.safetensors")) {
      Path path = folder.resolve(name);
      Weights.of(Fresh.class).save(params, path);
      assertThat(TensorFile.open(path).tensors().keySet())
          .containsExactly("layer1.w", "layer1.b", "layer2.w", "layer2.b");

      Fresh back = Weights.of(Fresh.class).load(device, path);
      assertThat(back.layer2().w().toFloatArray()).isEqualTo(new float[] {7, 2});
    }
    params.layer1().b().close();
    assertThrows(
        BufferStateException.class,
        () -> Weights.of(Fresh.class).save(params, folder.resolve("x.npz")));
  }

  record Head(Tensor<W> w) {}

  record Model(Head layers0, Head layers1, Head lmHead) {}

  private static final List<String> OF_PYTHON =
      List.of("model.layers.0.w", "model.layers.1.w", "model.lm_head.w");

  private TensorFile model() throws IOException {
    TensorWriter writer = TensorFile.writer();
    OF_PYTHON.forEach(name -> writer.add(name, w(OF_PYTHON.indexOf(name))));
    Path path = folder.resolve("model.safetensors");
    writer.write(path);
    return TensorFile.open(path);
  }

  @Test
  void aRecordIsSavedUnderTheNamesThatItWasLoadedUnder() throws IOException {
    Weights<Model> weights = Weights.of(Model.class);
    Model loaded = weights.load(device, model());
    Model trained = new Model(loaded.layers0(), new Head(device.put(w(9))), loaded.lmHead());
    Path copy = folder.resolve("copy.safetensors");

    weights.save(trained, copy);

    TensorFile file = TensorFile.open(copy);
    assertThat(file.tensors().keySet()).containsExactlyElementsIn(OF_PYTHON).inOrder();
    assertThat(file.tensor("model.layers.1.w").toHostTensor().toArray())
        .isEqualTo(new float[] {9, 2});

    Weights.of(Model.class).save(trained, copy);
    assertThat(TensorFile.open(copy).tensors().keySet()).containsExactlyElementsIn(OF_PYTHON);
  }

  @Test
  void eachObjectKeepsTheNamesOfItsOwnFile() throws IOException {
    Weights<Flat> one = Weights.of(Flat.class);
    Weights<Flat> other = Weights.of(Flat.class);
    Flat flat = one.load(device, file("hidden_weights", "bias"));
    Flat unused = other.load(device, file("HiddenWeights", "Bias"));
    Path copy = folder.resolve("copy.npz");

    one.save(flat, copy);
    assertThat(TensorFile.open(copy).tensors().keySet()).containsExactly("hidden_weights", "bias");

    one.namedAs(file("params.hidden_weights", "params.bias")).save(flat, copy);
    assertThat(TensorFile.open(copy).tensors().keySet())
        .containsExactly("params.hidden_weights", "params.bias");
  }

  record Half(Tensor<H> h) {}

  record Whole(Tensor<W> h) {}

  @Test
  void elementTypesAreConvertedWhereThatIsSaid() throws IOException {
    Path path = folder.resolve("half.safetensors");
    HostTensor<H> half = HostTensor.allocate(H.class).set(new float[] {1.5f, -3});
    TensorFile.writer().add("h", half).write(path);
    Weights<Whole> weights = Weights.of(Whole.class);

    assertThat(assertThrows(ArgumentException.class, () -> weights.load(device, path)))
        .hasMessageThat()
        .endsWith(
            "h: expected tensor<2xf32> (W), but the file has tensor<2xbf16>;"
                + " converting() converts it");
    assertThat(weights.converting().load(device, path).h().toFloatArray())
        .isEqualTo(new float[] {1.5f, -3});
    HostTensor<W> whole = HostTensor.allocate(W.class).set(new float[] {1 + 0x1p-8f, -2});
    TensorFile.writer().add("h", whole).write(path);
    assertThat(Weights.of(Half.class).converting().load(device, path).h().toFloatArray())
        .isEqualTo(new float[] {1, -2});
  }

  @Test
  void surplusTensorsMayBeLeft() throws IOException {
    TensorFile file = file("hidden_weights", "bias", "more", "others");

    assertThat(refusal(Flat.class, file))
        .isEqualTo(
            """
            params.safetensors does not match Flat:
              no component matches more: tensor<2xf32>, which is also in the file; allowSurplus() ignores it
              no component matches others: tensor<3xf32>, which is also in the file; allowSurplus() ignores it\
            """);
    Flat flat = Weights.of(Flat.class).allowSurplus().load(device, file);
    assertThat(flat.bias().toFloatArray()).isEqualTo(new float[] {1, 2, 3});
  }

  @Test
  void allThatDoesNotFitIsToldAtOnce() throws IOException {
    TensorWriter writer = TensorFile.writer().add("bias", w(1)).add("hiden_weights", w(2));
    Path path = folder.resolve("wrong.npz");
    writer.write(path);

    assertThat(refusal(Flat.class, TensorFile.open(path)))
        .isEqualTo(
            """
            wrong.npz does not match Flat:
              hiddenWeights: the file has no tensor hiddenWeights; did you mean hiden_weights?
              bias: expected tensor<3xf32> (B), but the file has tensor<2xf32>
              no component matches hiden_weights: tensor<2xf32>, which is also in the file; allowSurplus() ignores it\
            """);
  }

  @Test
  void namesThatAreAlikeAreRefused() throws IOException {
    assertThat(refusal(Flat.class, file("hidden_weights", "bias", "hiddenWeights")))
        .contains("match the same component; use named(…) to choose one");
  }

  record Bytes16(Tensor<H> half) {}

  @Test
  void bareBytesAreWhatTheRecordSays() throws IOException {
    Path path = folder.resolve("half.npz");
    TensorFile.writer()
        .add("half", HostTensor.allocate(H.class).set(new float[] {1, -2}))
        .write(path);

    Bytes16 half = Weights.of(Bytes16.class).load(device, path);
    assertThat(half.half().toFloatArray()).isEqualTo(new float[] {1, -2});
  }

  record Numbers(Tensor<W> w, int number) {}

  record Open<T extends Element>(Tensor<T> w) {}

  record Endless(Tensor<W> w, Endless more) {}

  record Careful(Tensor<W> w) {
    Careful {
      throw new IllegalArgumentException("never");
    }
  }

  @Test
  void recordsOfOtherThingsAreRefused() throws IOException {
    TensorFile file = file("w");

    assertThat(refusal(Numbers.class, file))
        .isEqualTo(
            "Numbers.number must be a Tensor, DeviceBuffer or Ref of a tensor type, or a record of"
                + " them, not int");
    assertThat(refusal(Open.class, file)).contains("not org.hlo4j.Tensor<T>");
    assertThat(refusal(Endless.class, file)).contains("contains itself");
    Weights<Careful> careful = Weights.of(Careful.class);
    assertThat(assertThrows(IllegalArgumentException.class, () -> careful.load(device, file)))
        .hasMessageThat()
        .isEqualTo("never");
  }
}
