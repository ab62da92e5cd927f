package org.hlo4j.cli;

import static com.google.common.truth.Truth.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InitCommandTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private String printed(Object... files) {
    Object[] words = new Object[files.length + 4];
    words[0] = "init";
    words[1] = "--package=com.acme";
    words[2] = "--name=Model";
    words[3] = "--print";
    System.arraycopy(files, 0, words, 4, files.length);
    Ran ran = Ran.hlo4j(words);
    assertThat(ran.err()).isEmpty();
    return ran.out();
  }

  @Test
  void pytreesBecomeNestedRecordsThatGoInAndOut() {
    assertThat(printed(Sample.file("step.mlir")))
        .isEqualTo(
            """
            package com.acme;

            import org.hlo4j.DeviceBuffer;
            import org.hlo4j.Tensor;
            import org.hlo4j.annotation.Donated;
            import org.hlo4j.annotation.Kernel;
            import org.hlo4j.annotation.Kernels;
            import org.hlo4j.annotation.TensorType;
            import org.hlo4j.type.F32;
            import org.hlo4j.type.I32;

            /** The program of step.mlir. */
            @Kernels
            public interface Model {
              /**
               * Runs {@code step.mlir}.
               *
               * @param params {@code params}, donated
               * @param optimizer {@code optimizer}
               * @param state {@code state}
               * @param batch {@code batch}
               * @return {@code result}
               */
              @Kernel(resource = "step.mlir")
              StepResult step(@Donated Params params, Optimizer optimizer, State state, Batch batch);

              /**
               * The values of {@code params['layer1']}.
               *
               * @param b {@code ['b']}, {@code tensor<3xf32>}
               * @param w {@code ['w']}, {@code tensor<4x3xf32>}
               */
              record Layer1(Tensor<F32x3> b, Tensor<F32x4x3> w) {}

              /**
               * The values of {@code params}, {@code result[0]}.
               *
               * @param classValue {@code ['class']}, {@code tensor<2xf32>}
               * @param layer1 {@code ['layer1']}
               */
              record Params(Tensor<F32x2> classValue, Layer1 layer1) {}

              /**
               * The values of {@code optimizer}, {@code result[2]}.
               *
               * @param mu {@code .mu}, {@code tensor<3xf32>}
               * @param count {@code .count}, {@code tensor<i32>}
               */
              record Optimizer(Tensor<F32x3> mu, Tensor<I32Scalar> count) {}

              /**
               * The values of {@code state}, {@code result[1]['state']}.
               *
               * @param mean {@code .mean}, {@code tensor<3xf32>}
               * @param var {@code .var}, {@code tensor<3xf32>}
               */
              record State(Tensor<F32x3> mean, Tensor<F32x3> var) {}

              /**
               * The values of {@code batch}.
               *
               * @param first {@code [0]}, {@code tensor<8x4xf32>}
               * @param second {@code [1]}, {@code tensor<8x3xf32>}
               */
              record Batch(Tensor<F32x8x4> first, Tensor<F32x8x3> second) {}

              /**
               * The values of {@code result[1]}.
               *
               * @param loss {@code ['loss']}, {@code tensor<f32>}
               * @param state {@code ['state']}
               */
              record StepResultSecond(DeviceBuffer<F32Scalar> loss, State state) {}

              /**
               * The values of {@code result[3][1]}.
               *
               * @param first {@code [0]}, {@code tensor<8x3xf32>}
               * @param second {@code [1]}, {@code tensor<8x3xf32>}
               */
              record FourthSecond(DeviceBuffer<F32x8x3> first, DeviceBuffer<F32x8x3> second) {}

              /**
               * The values of {@code result[3]}.
               *
               * @param first {@code [0]}, {@code tensor<8x4xf32>}
               * @param second {@code [1]}
               */
              record StepResultFourth(DeviceBuffer<F32x8x4> first, FourthSecond second) {}

              /**
               * The values of {@code result}.
               *
               * @param params {@code [0]}
               * @param second {@code [1]}
               * @param optimizer {@code [2]}
               * @param fourth {@code [3]}
               */
              record StepResult(Params params, StepResultSecond second, Optimizer optimizer,
                  StepResultFourth fourth) {}

              @TensorType("tensor<f32>")
              interface F32Scalar extends F32 {}

              @TensorType("tensor<2xf32>")
              interface F32x2 extends F32 {}

              @TensorType("tensor<3xf32>")
              interface F32x3 extends F32 {}

              @TensorType("tensor<4x3xf32>")
              interface F32x4x3 extends F32 {}

              @TensorType("tensor<8x3xf32>")
              interface F32x8x3 extends F32 {}

              @TensorType("tensor<8x4xf32>")
              interface F32x8x4 extends F32 {}

              @TensorType("tensor<i32>")
              interface I32Scalar extends I32 {}
            }
            """);
  }

  @Test
  void inputsWithoutNamesGetThoseOfTheContainerThatReplacesThem() {
    assertThat(printed(Sample.file("lowered.mlir")))
        .contains("LoweredResult lowered(@Donated State state, Tensor<F32x3> arg3, ");
  }

  @Test
  void aResultThatReplacesAllInputsIsTheirRecord() throws IOException {
    Path program =
        file(
            "advance.mlir",
            """
            func.func @main(%arg0: tensor<2xf32> {tf.aliasing_output = 0 : i32},
                %arg1: tensor<3xf32> {tf.aliasing_output = 1 : i32}, %arg2: tensor<f32>)
                -> (tensor<2xf32> {jax.result_info = "result['position']"},
                    tensor<3xf32> {jax.result_info = "result['speed']"}) {
              return %arg0, %arg1 : tensor<2xf32>, tensor<3xf32>
            }
            """);

    String source = printed(program);
    assertThat(source).contains("State advance(@Donated State state, Tensor<F32Scalar> arg2);");
    assertThat(source).contains("record State(Tensor<F32x2> position, Tensor<F32x3> speed) {}");
  }

  @Test
  void recordsAreNamedAfterTheirContainers() throws IOException {
    Path program =
        file(
            "forward.mlir",
            """
            func.func @main(%a: tensor<2xf32> loc("p['LayerNorm_0']['scale']"),
                %b: tensor<2xf32> loc("p['LayerNorm_1']['scale']"),
                %c: tensor<3xf32> loc("p['key']['kernel']['w']"),
                %d: tensor<3xf32> loc("p['query']['kernel']['w']"),
                %e: tensor<3xf32> loc("p['layers'][0]['w']"),
                %f: tensor<3xf32> loc("p['layers'][1]['w']"),
                %g: tensor<f32> loc("p['pair'][0]"), %h: tensor<f32> loc("p['pair'][1]"))
                -> (tensor<2xf32> {jax.result_info = "result[0]"},
                    tensor<f32> {jax.result_info = "result[1]['a']"},
                    tensor<f32> {jax.result_info = "result[1]['b']"}) {
              return %a, %g, %h : tensor<2xf32>, tensor<f32>, tensor<f32>
            }
            """);

    String source = printed(program);
    assertThat(source)
        .contains(
            "record P(LayerNorm layerNorm0, LayerNorm layerNorm1, Key key, Query query,"
                + " Layers layers,\n      Pair pair) {}");
    assertThat(source).contains("record Layers(Layer layer0, Layer layer1) {}");
    assertThat(source).contains("record Key(KeyKernel kernel) {}");
    assertThat(source).contains("record Query(KeyKernel kernel) {}");
    assertThat(source).contains("record Pair(Tensor<F32Scalar> first, Tensor<F32Scalar> second)");
    assertThat(source)
        .contains("record ForwardResult(DeviceBuffer<F32x2> first, ForwardResultSecond second) {}");
  }

  @Test
  void anOptimizersStatisticsHaveTheRecordOfTheParameters() throws IOException {
    assertThat(printed(Sample.program("mlp_train_adam_donated")))
        .contains("record State(Params m, Params params, Tensor<I32Scalar> step, Params v) {}");
  }

  @Test
  void severalFilesNameTheirMethods() throws IOException {
    String text = "module @jit_predict { func.func @main() { return } }";

    String source = printed(file("predict.mlir", text), file("predict_batch.mlir", text));

    assertThat(source).contains("void predict();");
    assertThat(source).contains("void predictBatch();");
  }

  @Test
  void donatedInputsBecomeVariablesThatOtherKernelsRead() throws IOException {
    Path predict =
        file(
            "predict.mlir",
            """
            func.func @main(%a: tensor<2xf32> loc("params['class']"),
                %b: tensor<3xf32> loc("params['layer1']['b']"),
                %c: tensor<4x3xf32> loc("params['layer1']['w']")) -> tensor<3xf32> {
              return %b : tensor<3xf32>
            }
            """);
    Ran ran =
        Ran.hlo4j(
            "init", Sample.file("step.mlir"), predict, "--refs", "-p", "com.acme", "-d", folder);

    assertThat(ran.err()).isEmpty();
    String source = Files.readString(folder.resolve("src/main/java/com/acme/Acme.java"));
    assertThat(source).contains("StepResult step(ParamsRefs params, Optimizer optimizer, ");
    assertThat(source).contains("record Layer1Refs(Ref<F32x3> b, Ref<F32x4x3> w) {");
    assertThat(source).contains("return new Params(classValue, layer1.values());");
    assertThat(source).contains("DeviceBuffer<F32x3> predict(Params params);");
    assertThat(Javac.build(folder)).isEmpty();
  }

  @Test
  void programsWithoutNamesAreTold() {
    Ran ran = Ran.hlo4j("init", Sample.file("lowered.mlir"), "-p", "com.acme", "-d", folder);

    assertThat(ran.out())
        .contains("lowered.mlir does not contain the names of its inputs. Export it with ");
  }

  @Test
  void noLineIsLongerThanAHundredCharacters() throws IOException {
    Ran ran = Ran.hlo4j("init", Sample.file("step.mlirbc"), "-p", "com.acme", "-d", folder);
    assertThat(ran.err()).isEmpty();

    String source = Files.readString(folder.resolve("src/main/java/com/acme/Step.java"));
    source.lines().forEach(line -> assertThat(line.length()).isAtMost(100));
    assertThat(source).contains("\"\"\"");
  }

  @Test
  void bytecodeIsReadByXlaAndBuilds() throws IOException {
    Ran ran = Ran.hlo4j("init", Sample.file("step.mlirbc"), "-p", "com.acme", "-d", folder);

    assertThat(ran.err()).isEmpty();
    assertThat(Files.readString(folder.resolve("src/main/java/com/acme/Step.java")))
        .contains("step(@Donated Params params, Optimizer optimizer, State state, Batch batch);");
    assertThat(Javac.build(folder)).isEmpty();
  }

  @Test
  void severalProgramsShareTypesInOneInterface() throws IOException {
    Path evaluate =
        file(
            "evaluate.mlir",
            """
            module @jit_evaluate {
              func.func public @main(%arg0: tensor<3xf32> loc("p['layer1']['b']"),
                  %arg1: tensor<4x3xf32> loc("p['layer1']['w']")) -> tensor<4x3xf32> {
                return %arg1 : tensor<4x3xf32>
              }
            }
            """);
    Ran ran =
        Ran.hlo4j("init", Sample.file("step.mlir"), evaluate, "-p", "com.acme.net", "-d", folder);

    assertThat(ran.status()).isEqualTo(0);
    String source = Files.readString(folder.resolve("src/main/java/com/acme/net/Net.java"));
    assertThat(source).contains("StepResult step(");
    assertThat(source).contains("DeviceBuffer<F32x4x3> evaluate(P p);");
    assertThat(source).contains("record P(Layer1 layer1) {}");
    assertThat(Javac.build(folder)).isEmpty();
  }

  @Test
  void anInputOfWhichOnlyAPartIsDonatedBecomesSeveralParameters() throws IOException {
    Path program =
        file(
            "part.mlir",
            """
            func.func @main(%a: tensor<2xf32> {tf.aliasing_output = 0 : i32} loc("p['x']['a']"),
                %b: tensor<3xf32> loc("p['x']['b']"), %c: tensor<f32> loc("p['y'][0]"))
                -> tensor<2xf32> {
              return %a : tensor<2xf32>
            }
            """);

    assertThat(printed(program))
        .contains("part(@Donated Tensor<F32x2> pXA, Tensor<F32x3> pXB, PY pY);");
  }

  @Test
  void namesThatJavaDoesNotAllowAreChanged() throws IOException {
    Path program =
        file(
            "2-names.mlir",
            """
            module @"jit_<lambda>" {
              func.func @main(%a: tensor<f32> loc("class"), %b: tensor<f32> loc("learning-rate"),
                  %c: tensor<f32> loc("x['toString']"), %d: tensor<f32> loc("x['\u00e4 b']"),
                  %e: tensor<f32> loc("Tensor['1']"), %f: tensor<f32> loc("x['toString']['y']"))
                  -> (tensor<f32> {jax.result_info = "result['a.b']"},
                      tensor<f32> {jax.result_info = "result['A']['']"}) {
                return %a, %b : tensor<f32>, tensor<f32>
              }
            }
            """);
    Ran ran = Ran.hlo4j("init", program, "-p", "com.acme", "-d", folder);

    assertThat(ran.err()).isEmpty();
    assertThat(Javac.build(folder)).isEmpty();
  }

  @Test
  void moreInputsThanJavaTakesComeInParts() throws IOException {
    StringBuilder text = new StringBuilder("func.func @main(");
    for (int i = 0; i < 300; i++) {
      text.append(i == 0 ? "" : ", ").append("%v").append(i).append(": tensor<").append("f32>");
    }
    text.append(") -> tensor<f32> {\n  return %v299 : tensor<f32>\n}\n");
    Path program = file("many.mlir", text.toString());

    Ran ran = Ran.hlo4j("init", program, "-p", "com.acme", "-d", folder);

    assertThat(ran.err()).isEmpty();
    assertThat(Javac.build(folder)).isEmpty();
  }

  @Test
  void aPomIsWrittenWhereThereIsNoBuild() throws IOException {
    Path project = folder.resolve("new");
    Ran ran = Ran.hlo4j("init", Sample.file("step.mlir"), "-p", "com.acme", "-d", project, "--pom");

    assertThat(ran.out()).contains("wrote " + project.resolve("pom.xml"));
    assertThat(Files.readString(project.resolve("pom.xml")))
        .contains("<artifactId>new</artifactId>");
    assertThat(ran.out()).doesNotContain("has no build file");
    assertThat(ran.out()).contains("StepKernels.sync(client.device())");
  }

  @Test
  void whatIsThereStaysUnlessForced() throws IOException {
    Object[] words = {"init", Sample.file("step.mlir"), "-p", "com.acme", "-d", folder};
    assertThat(Ran.hlo4j(words).status()).isEqualTo(0);
    Path source = folder.resolve("src/main/java/com/acme/Step.java");
    Files.writeString(source, "mine");

    Ran again = Ran.hlo4j(words);

    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err())
        .contains("Step.java already exists with other contents; --force overwrites it");
    assertThat(Files.readString(source)).isEqualTo("mine");
    assertThat(
            Ran.hlo4j("init", Sample.file("step.mlir"), "-p", "com.acme", "-d", folder, "--force")
                .status())
        .isEqualTo(0);
    assertThat(Files.readString(source)).contains("interface Step");
  }

  @Test
  void scriptsGetTheFilesThatWereWritten() {
    Ran ran = Ran.hlo4j("init", Sample.file("step.mlir"), "-p", "com.acme", "-d", folder, "--json");

    JsonObject answer = JsonParser.parseString(ran.out()).getAsJsonObject();
    assertThat(answer.get("interface").getAsString()).isEqualTo("com.acme.Step");
    assertThat(answer.getAsJsonArray("written")).hasSize(2);
  }

  @Test
  void whatIsNoProgramIsRefusedWithItsFile() throws IOException {
    Path text = file("bad.mlir", "func.func @main(%x: tensor<?xf32>) { return }");
    Path bytes = folder.resolve("bytes.mlir");
    Files.write(bytes, new byte[] {'M', 'L', (byte) 0xEF, 'R', 1, 2, 3});
    Path neither = folder.resolve("neither.mlir");
    Files.write(neither, new byte[] {(byte) 0xC3, 0x28});

    assertThat(Ran.hlo4j("init", text, "-p", "com.acme", "-d", folder).err())
        .contains(text + ", line 1, column 21: ");
    assertThat(Ran.hlo4j("init", bytes, "-p", "com.acme", "-d", folder).err())
        .contains(bytes + ", XLA rejects the bytecode: ");
    Ran ran = Ran.hlo4j("init", neither, "-p", "com.acme", "-d", folder, "--json");
    assertThat(ran.err()).contains(neither + ", this is neither text nor MLIR bytecode");
    assertThat(ran.out()).contains("\"error\"");
    assertThat(ran.status()).isEqualTo(1);
  }

  @Test
  void bytecodeThatWasFilteredAsTextIsRefusedAsThat() throws IOException {
    Path filtered = folder.resolve("filtered.mlirbc");
    byte[] bytecode = Files.readAllBytes(Sample.file("step.mlirbc"));
    Files.writeString(filtered, new String(bytecode, StandardCharsets.UTF_8));

    assertThat(Ran.hlo4j("init", filtered, "-p", "com.acme", "-d", folder).err())
        .contains(filtered + ", this bytecode was filtered as text, which destroyed it;");
    assertThat(Ran.hlo4j("run", filtered, "--fill", "zeros").err())
        .contains(filtered + ", this bytecode was filtered as text, which destroyed it;");
  }

  @Test
  void programsForDifferentNumbersOfDevicesGoIntoDifferentInterfaces() {
    Ran ran =
        Ran.hlo4j(
            "init",
            Sample.program("lenet_forward"),
            Sample.program("mp_all_to_all"),
            "-p",
            "com.acme",
            "--print");

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err())
        .contains(
            "mp_all_to_all.mlir runs on 4 devices, and lenet_forward.mlir on 1; generate"
                + " separate interfaces");
  }

  @Test
  void wrongNamesAreWrongArguments() {
    Ran ran = Ran.hlo4j("init", Sample.file("step.mlir"), "-p", "com.class", "-d", folder);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("'com.class' is not a valid package name");

    ran = Ran.hlo4j("init", Sample.file("step.mlir"), "-p", "com", "-n", "a-b", "-d", folder);
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err()).contains("'a-b' is not a valid interface name");
  }

  @Test
  void theIndexOfAPlatformIsHidden() {
    Ran ran =
        Ran.hlo4j(
            "init",
            Sample.fromJax("several.mlir"),
            "--platforms",
            "cuda,cpu",
            "-p",
            "com.acme",
            "--print");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("platforms = {\"cuda\", \"cpu\"}");
    assertThat(ran.out()).contains("several(Tensor<F32x3> x);");
  }

  @Test
  void aFileOfJaxExportBecomesAKernelWithItsNames() {
    Ran ran = Ran.hlo4j("init", Sample.fromJax("scale.jaxexport"), "-p", "com.acme", "--print");

    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).contains("resource = \"scale.jaxexport\"");
    assertThat(ran.out()).contains("record Params(Tensor<F32x3> w) {}");
  }
}
