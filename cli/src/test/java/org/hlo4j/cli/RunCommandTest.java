package org.hlo4j.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.hlo4j.data.TensorFile;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunCommandTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path twoInputs() throws IOException {
    return file(
        "subtract.mlir",
        """
        func.func @main(%x: tensor<2xf32> loc("p['a']"), %y: tensor<2xf32> loc("p['b']"))
            -> (tensor<2xf32> {jax.result_info = "result.difference"}) {
          %0 = stablehlo.subtract %x, %y : tensor<2xf32>
          return %0 : tensor<2xf32>
        }
        """);
  }

  private Path npy(String name, float... values) throws IOException {
    Path file = folder.resolve(name);
    TensorFile.writer()
        .add(
            "x",
            Shape.parse(String.format(Locale.ROOT, "tensor<%dxf32>", values.length)),
            MemorySegment.ofArray(values))
        .write(file);
    return file;
  }

  @Test
  void theOutputsAreTheBytesThatNumPyWrote() throws IOException {
    String name = "ew_i16";
    Path out = folder.resolve("out.npy");

    Ran ran =
        Ran.hlo4j(
            "run",
            Sample.program(name),
            "--in",
            Sample.corpus(name, "in_0.npy"),
            Sample.corpus(name, "in_1.npy"),
            Sample.corpus(name, "in_2.npy"),
            "--out",
            out);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).isEqualTo("wrote " + out + System.lineSeparator());
    assertThat(Files.readAllBytes(out))
        .isEqualTo(Files.readAllBytes(Sample.corpus(name, "out_0.npy")));
  }

  static Stream<Path> programs() {
    return Sample.corpus();
  }

  @ParameterizedTest
  @MethodSource("programs")
  void everyProgramOfTheCorpusRunsOnNumbersThatAreMadeUp(Path program) {
    Path out = folder.resolve("all.npz");

    Ran ran = Ran.hlo4j("run", program, "--fill", "random", "--out", out);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.status()).isEqualTo(0);
  }

  @Test
  void inputsGoByNameOrInOrderAndOutputsArePrinted() throws IOException {
    Path x = npy("x.npy", 5, 7);
    Path y = npy("y.npy", 1, 2);
    String difference = "result.difference\n  tensor<2xf32> on cpu:0\n  [4. 5.]\n";

    assertThat(Ran.hlo4j("run", twoInputs(), "--in", x, y).out()).isEqualTo(difference);
    assertThat(Ran.hlo4j("run", twoInputs(), "--in", "p.b=" + y, "-i", x).out())
        .isEqualTo(difference);
    assertThat(Ran.hlo4j("run", twoInputs(), "--in", "1=" + y, "x=" + x).out())
        .isEqualTo(difference);
  }

  @Test
  void aFileOfManyGivesEachToTheInputOfItsName() throws IOException {
    Path all = folder.resolve("all.safetensors");
    TensorFile.writer()
        .add("p.b", TensorFile.open(npy("b.npy", 1, 2)).only())
        .add("p.a", TensorFile.open(npy("a.npy", 5, 7)).only())
        .write(all);

    JsonObject answer =
        JsonParser.parseString(Ran.hlo4j("run", twoInputs(), "--in", all, "--json").out())
            .getAsJsonObject();

    JsonObject output = answer.getAsJsonArray("outputs").get(0).getAsJsonObject();
    assertThat(output.get("name").getAsString()).isEqualTo("result.difference");
    assertThat(output.get("values").toString()).isEqualTo("[4.0,5.0]");
  }

  @Test
  void whatIsMissingTooMuchOrOfAnotherShapeIsRefused() throws IOException {
    Path x = npy("x.npy", 5, 7);
    Path three = npy("three.npy", 1, 2, 3);

    assertThat(Ran.hlo4j("run", twoInputs(), "--in", x).err())
        .contains("No file contains p['b'] (tensor<2xf32>): add one with --in");
    assertThat(Ran.hlo4j("run", twoInputs(), "--in", x, x, x).err())
        .contains("x.npy is surplus: the program has 2 inputs");
    assertThat(Ran.hlo4j("run", twoInputs(), "--in", x, three).err())
        .contains("The input p['b'] is a tensor<2xf32>, but the file has three: tensor<3xf32>");
    assertThat(Ran.hlo4j("run", twoInputs(), "--in", "q=" + x).err())
        .contains("There is no input q; the inputs are p['a'], p['b']");
    assertThat(Ran.hlo4j("run", twoInputs(), "--in", "0=" + x, "x=" + x).err())
        .contains("The input p['a'] is specified twice");
    assertThat(Ran.hlo4j("run", twoInputs(), "--in", x, x, "--out", "a.npy", "b.npy").err())
        .contains("b.npy is surplus: the program has 1 outputs");
  }

  @Test
  void foldersAndFilesThatCannotBeWrittenAreSaidToBeSo() throws IOException {
    Path nowhere = folder.resolve("nowhere/x.npy");

    assertThat(Ran.hlo4j("run", folder).err()).contains(folder + " is a folder");
    assertThat(Ran.hlo4j("run", twoInputs(), "--in", folder).err())
        .contains(folder + " is a folder");
    assertThat(Ran.hlo4j("run", twoInputs(), "--fill", "zeros", "--out", nowhere).err())
        .contains(nowhere + " cannot be written: no such folder: " + nowhere.getParent());
    assertThat(Ran.hlo4j("run", twoInputs(), "--fill", "zeros", "--out", "x.txt").err())
        .contains("x.txt must end with one of npy, npz, safetensors, png, gif");
    assertThat(Ran.hlo4j("run", twoInputs(), "--fill", "zeros", "--repeat", "-1").err())
        .contains("--repeat must not be negative: -1");
  }

  @Test
  void timesAreToldForAsManyCallsAsAreWanted() throws IOException {
    Ran ran = Ran.hlo4j("run", Sample.file("step.mlir"), "--fill", "zeros", "--repeat", "3");

    assertThat(ran.out())
        .containsMatch("3 calls: median [0-9.]+ ms, minimum [0-9.]+, maximum [0-9.]+\n$");
  }

  /** Two matrices of layers, as JAX labels those in lists and dicts. */
  private Path layers() throws IOException {
    return file(
        "layers.mlir",
        """
        func.func @main(
            %a: tensor<2xf32> loc("params['layers'][0]['w_q']"),
            %b: tensor<2xf32> loc("params['layers'][1]['w_q']")) -> tensor<2xf32> {
          %0 = stablehlo.subtract %a, %b : tensor<2xf32>
          return %0 : tensor<2xf32>
        }
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "params.layers.%d.w_q",
        "params['layers'][%d]['w_q']",
        "layers.%d.w_q",
        "layers/%d/wQ",
        "model.layers.%d.w_q",
        "Layers%d.WQ",
      })
  void tensorsAreFoundByTheNamesThatWeightsFinds(String name) throws IOException {
    Path weights = folder.resolve("w.safetensors");
    Shape shape = Shape.parse("tensor<2xf32>");
    TensorFile.writer()
        .add(String.format(Locale.ROOT, name, 0), shape, MemorySegment.ofArray(new float[] {5, 5}))
        .add(String.format(Locale.ROOT, name, 1), shape, MemorySegment.ofArray(new float[] {1, 2}))
        .write(weights);

    Ran ran = Ran.hlo4j("run", layers(), "--in", weights);

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("[4. 3.]");
  }

  /** A named pipe that something writes into as soon as somebody reads. */
  private Path pipe(String name, Path content) throws IOException, InterruptedException {
    Path pipe = folder.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isEqualTo(0);
    Thread.ofVirtual()
        .start(
            () -> {
              try (OutputStream out = Files.newOutputStream(pipe)) {
                Files.copy(content, out);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return pipe;
  }

  @Test
  void programsAndInputsMayComeThroughPipes() throws IOException, InterruptedException {
    Ran ran =
        Ran.hlo4j(
            "run",
            pipe("program", twoInputs()),
            "--in",
            pipe("x", npy("x.npy", 5, 7)),
            "y=" + pipe("y", npy("y.npy", 1, 2)));

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("[4. 5.]");
  }

  @Test
  void aProgramForSeveralPlatformsRunsAsItsPlatformDoes() {
    Path program = Sample.fromJax("several.mlir");

    assertThat(Ran.hlo4j("run", program, "--fill", "zeros", "--platforms", "cuda,cpu").out())
        .contains("[1. 1. 1.]");
    assertThat(Ran.hlo4j("run", program, "--fill", "zeros", "--platforms", "cpu,cuda").out())
        .contains("[100. 100. 100.]");
  }

  @Test
  void withoutItsPlatformsNoBranchIsTaken() {
    Ran ran = Ran.hlo4j("run", Sample.fromJax("several.mlir"), "--fill", "zeros");

    assertThat(ran.err()).contains("or --platforms cuda,cpu");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.status()).isEqualTo(1);
    assertThat(Ran.hlo4j("run", Sample.fromJax("several.mlirbc"), "--fill", "zeros").err())
        .contains("its bytecode does not name them");
    assertThat(Ran.hlo4j("run", Sample.fromJax("several.jaxexport"), "--fill", "zeros").out())
        .contains("[1. 1. 1.]");
  }

  @Test
  void aFileOfJaxExportRuns() {
    Ran ran = Ran.hlo4j("run", Sample.fromJax("scale.jaxexport"), "--fill", "zeros");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("tensor<i32> on cpu:0\n  7");
    assertThat(Ran.hlo4j("run", Sample.fromJax("spread.jaxexport"), "--fill", "zeros").err())
        .isEmpty();
  }
}
