package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hlo4j.Device;
import org.hlo4j.DeviceBuffer;
import org.hlo4j.Executable;
import org.hlo4j.Program;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.HloException;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that JAX exported for several platforms, and files of its own. */
final class FromJaxTest {
  private static final float[] VALUES = {1, 2, 3};

  private final Device device = Plugin.device();

  private static byte[] file(String name) throws IOException {
    try (InputStream in = FromJaxTest.class.getResourceAsStream("files/" + name)) {
      return in.readAllBytes();
    }
  }

  private static String several() throws IOException {
    return new String(file("several.mlir"), StandardCharsets.UTF_8);
  }

  private DeviceBuffer<FromJax.Three> three() {
    return device.put(FromJax.Three.class, VALUES);
  }

  private float[] run(Program program) {
    DeviceBuffer<?> x = device.put(Shape.parse("tensor<3xf32>"), VALUES);
    return device.compile(program).execute(x).get(0).toFloatArray();
  }

  @Test
  void kernelsComeFromExportedFiles() {
    FromJax kernels = FromJaxKernels.sync(device);

    FromJax.Scaled scaled = kernels.scale(three(), three());
    assertThat(scaled.y().toFloatArray()).isEqualTo(new float[] {1, 4, 9});
    assertThat(scaled.n().toIntArray()).isEqualTo(new int[] {7});
    assertThat(kernels.increment(three()).toFloatArray()).isEqualTo(new float[] {2, 3, 4});
  }

  @Test
  void theIndexOfThePlatformIsHiddenAndFollowsFromThePlugin() {
    assertThat(FromJaxKernels.sync(device).pick(three()).toFloatArray())
        .isEqualTo(new float[] {2, 3, 4});
  }

  @Test
  void theOrderOfThePlatformsIsTheUsers() throws IOException {
    Program program = Program.of(several(), List.of("cuda", "cpu"));

    assertThat(program.inputs()).hasSize(1);
    assertThat(program.text().lines().count()).isEqualTo(several().lines().count());
    assertThat(run(program)).isEqualTo(new float[] {2, 3, 4});
    assertThat(run(Program.of(several(), List.of("CPU", "cuda"))))
        .isEqualTo(new float[] {101, 102, 103});
  }

  @Test
  void aPluginOfAnotherPlatformIsRefused() throws IOException {
    Program program = Program.of(several(), List.of("cuda", "tpu"));

    assertThat(assertThrows(CompilationException.class, () -> device.compile(program)))
        .hasMessageThat()
        .isEqualTo("The program was exported for cuda, tpu, but the plugin is for cpu");
  }

  @Test
  void withoutItsPlatformsAProgramIsRefused() throws IOException {
    String text = several();

    assertThat(assertThrows(CompilationException.class, () -> Program.of(text)))
        .hasMessageThat()
        .contains(
            "the program was exported for several platforms, but does not list them: specify them"
                + " in the order in which they were exported, as in @Kernel(platforms = {\"cuda\","
                + " \"cpu\"}), Program.of(text, List.of(\"cuda\", \"cpu\")) or --platforms"
                + " cuda,cpu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cpu|the program was exported for 2 platforms, but 1 are listed: cpu",
        "cpu,cuda,tpu|the program was exported for 2 platforms, but 3 are listed: cpu, cuda, tpu",
        "cpu,\"cuda|[cpu, \"cuda] are not names of platforms",
      })
  void platformsThatAreNotTheProgramsAreRefused(String platforms, String message)
      throws IOException {
    String text = several();
    List<String> names = List.of(platforms.split(","));

    assertThat(assertThrows(CompilationException.class, () -> Program.of(text, names)))
        .hasMessageThat()
        .contains(message);
  }

  @Test
  void platformsOfAProgramForOneAreRefused() {
    String text = "func.func @main(%x: tensor<f32>) -> tensor<f32> { return %x : tensor<f32> }";

    assertThat(
            assertThrows(CompilationException.class, () -> Program.of(text, List.of("cpu", "tpu"))))
        .hasMessageThat()
        .isEqualTo(
            "platforms are only allowed for a program that was exported for several, unlike this"
                + " one");
  }

  @Test
  void anExportedFileNamesItsPlatforms() throws IOException {
    byte[] bytes = file("several.jaxexport");
    Program program = Program.ofExported(bytes);

    assertThat(program.text()).isEqualTo("(%arg0: tensor<3xf32>) -> (tensor<3xf32>)");
    assertThat(run(program)).isEqualTo(new float[] {2, 3, 4});
    assertThat(FromJaxKernels.sync(device).pickExported(three()).toFloatArray())
        .isEqualTo(new float[] {2, 3, 4});
    assertThat(device.signatureOf(bytes)).startsWith("(%arg0: tensor<3xf32>");
  }

  @Test
  void theIndexComesBeforeWhatIsDonated() throws IOException {
    byte[] bytes = file("several_donated.jaxexport");
    Program program = Program.ofBytecode(bytes, device.signatureOf(bytes));
    DeviceBuffer<FromJax.Three> x = three();
    Executable executable = device.compile(program);

    assertThat(program.inputs().get(0).donated()).isTrue();
    assertThat(executable.execute(x.retained()).get(0).toFloatArray())
        .isEqualTo(new float[] {2, 3, 4});
    assertThat(executable.execute(x).get(0).toFloatArray()).isEqualTo(new float[] {2, 3, 4});
    assertThrows(BufferStateException.class, x::toFloatArray);
    executable.close();
    assertThat(run(program)).isEqualTo(new float[] {2, 3, 4});
  }

  @Test
  void inBytecodeAloneSeveralPlatformsAreRefused() throws IOException {
    byte[] bytes = file("several.mlirbc");
    String message =
        "the program was exported for several platforms, but its bytecode does not list them: use"
            + " a file of Exported.serialize(), or the text, mlir_module()";

    assertThat(
            assertThrows(
                CompilationException.class,
                () ->
                    Program.ofBytecode(
                        bytes, "(%i: tensor<i32>, %x: tensor<3xf32>) -> tensor<3xf32>")))
        .hasMessageThat()
        .isEqualTo(message);
    assertThat(assertThrows(CompilationException.class, () -> device.signatureOf(bytes)))
        .hasMessageThat()
        .isEqualTo(message);
  }

  @Test
  void anExportedFileSaysItsSignature() throws IOException {
    Program program = Program.ofExported(file("scale.jaxexport"));

    assertThat(program.text())
        .isEqualTo("(%arg0: tensor<3xf32>, %arg1: tensor<3xf32>) -> (tensor<i32>, tensor<3xf32>)");
    assertThat(run(Program.ofExported(file("vjp.jaxexport"))))
        .usingTolerance(1e-6)
        .containsExactly(new float[] {0.841471f, 0.909297f, 0.141120f})
        .inOrder();
    assertThat(Program.ofExported(file("spread.jaxexport")).partitions()).isEqualTo(2);
  }

  @Test
  void xlaTellsWhatAnExportedFileDonates() throws IOException {
    byte[] bytes = file("donated.jaxexport");

    assertThat(assertThrows(CompilationException.class, () -> Program.ofExported(bytes)))
        .hasMessageThat()
        .isEqualTo(
            "the program donates inputs, but the file does not specify them; use"
                + " Program.ofBytecode(file, device.signatureOf(file))");
    Program program = Program.ofBytecode(bytes, device.signatureOf(bytes));
    assertThat(program.inputs().get(0).donated()).isTrue();
    assertThat(run(program)).isEqualTo(new float[] {2, 3, 4});
  }

  @Test
  void symbolicDimensionsAreRefused() throws IOException {
    byte[] bytes = file("symbolic.jaxexport");

    assertThat(assertThrows(CompilationException.class, () -> Program.ofExported(bytes)))
        .hasMessageThat()
        .isEqualTo("the program has the symbolic dimension b; export it with fixed shapes");
  }

  /** Nothing but a refusal of the library's own comes of a file that is cut or changed. */
  @ParameterizedTest
  @ValueSource(strings = {"scale.jaxexport", "spread.jaxexport"})
  void damagedFilesAreRefused(String name) throws IOException {
    byte[] bytes = file(name);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      // The end of a file is of sharding and types, which not every program has.
      assertThat(refuses(cut) || length > bytes.length / 2).isTrue();
    }
    for (int at = 0; at < bytes.length; at++) {
      for (int change : new int[] {1, 0x7F, 0x80, 0xFF}) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) change;
        boolean unused = refuses(changed);
      }
    }
  }

  private static boolean refuses(byte[] bytes) {
    try {
      Program unused = Program.ofExported(bytes);
      return false;
    } catch (HloException e) {
      return true;
    }
  }
}
