package org.hlo4j;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs in StableHLO's portable bytecode, version 1.0.0; {@code axpy.mlir} is the text. */
@Tag("plugins")
final class BytecodeTest {
  private static final String SIGNATURE =
      "(%a: tensor<f32>, %x: tensor<4xf32>, %y: tensor<4xf32> {tf.aliasing_output = 0 : i32})"
          + " -> (tensor<4xf32>, tensor<4xf32>)";

  private final Pjrt client = Pjrt.open();
  private final Device device = client.device();

  @AfterEach
  void close() {
    client.close();
  }

  static byte[] axpy() {
    try (InputStream in = BytecodeTest.class.getResourceAsStream("axpy.mlirbc")) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void bytecodeRunsAsItsSignatureSays() {
    Executable executable = device.compile(Program.ofBytecode(axpy(), SIGNATURE));
    Shape vector = Shape.parse("tensor<4xf32>");
    Tensor<?> a = device.put(Shape.parse("tensor<f32>"), new float[] {2});
    Tensor<?> x = device.put(vector, new float[] {1, 2, 3, 4});
    Tensor<?> y = device.put(vector, new float[] {10, 20, 30, 40});

    List<DeviceBuffer<?>> outputs = executable.execute(a, x, y);

    assertThat(outputs.get(0).toFloatArray()).isEqualTo(new float[] {12, 24, 36, 48});
    assertThat(outputs.get(1).toFloatArray()).isEqualTo(new float[] {2, 4, 6, 8});
    assertThat(executable.inputs().get(1).name()).isEqualTo("x");
    assertThrows(BufferStateException.class, y::toFloatArray);
  }

  @Test
  void xlaTellsTheSignatureOfBytecode() {
    String signature = device.signatureOf(axpy());

    Program program = Program.ofBytecode(axpy(), signature);
    assertThat(program.inputs().stream().map(input -> input.shape().toString()).toList())
        .containsExactly("tensor<f32>", "tensor<4xf32>", "tensor<4xf32>")
        .inOrder();
    assertThat(program.inputs().get(2).aliasedOutput().getAsInt()).isEqualTo(0);
    assertThat(program.inputs().get(1).donated()).isFalse();
    assertThat(program.outputs().stream().map(output -> output.shape().toString()).toList())
        .containsExactly("tensor<4xf32>", "tensor<4xf32>");
    assertThat(device.compile(program).outputs()).hasSize(2);
  }

  @Test
  void bytecodeThatIsNoneHasNoSignature() {
    CompilationException e =
        assertThrows(CompilationException.class, () -> device.signatureOf(new byte[] {1, 2}));

    assertThat(e).hasMessageThat().startsWith("XLA rejects the bytecode: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%x: tensor<4xf32>|%x: tensor<4xi32>|the inputs [tensor<f32>, tensor<4xi32>,",
        "%x: tensor<4xf32>|%x: tensor<2x2xf32>|the inputs [tensor<f32>, tensor<2x2xf32>,",
        "%a: tensor<f32>, |''|the inputs [tensor<4xf32>, tensor<4xf32>]",
        "-> (tensor<4xf32>,|-> (tensor<4xf32>, tensor<4xf32>,|the outputs [",
        ", tensor<4xf32>)|, tensor<f32>)|the outputs [",
        "' {tf.aliasing_output = 0 : i32}'|''|donates the inputs [], but",
        "%x: tensor<4xf32>|%x: tensor<4xf32> {jax.buffer_donor = true}|donates the inputs [1, 2]",
      })
  void aSignatureThatIsNotTrueIsRefused(String part, String replacement, String problem) {
    Program program =
        Program.ofBytecode(axpy(), SIGNATURE.replace(part, replacement)).named("Acme.axpy");

    CompilationException e =
        assertThrows(CompilationException.class, () -> device.compile(program));

    assertThat(e).hasMessageThat().startsWith("Acme.axpy declares ");
    assertThat(e).hasMessageThat().contains(problem);
  }

  @Test
  void bytecodeThatIsNoneIsRefusedByXla() {
    byte[] truncated = Arrays.copyOf(axpy(), 100);

    assertThat(
            assertThrows(
                CompilationException.class,
                () -> device.compile(Program.ofBytecode(truncated, SIGNATURE))))
        .hasMessageThat()
        .contains("XLA rejects the program");
  }

  @Test
  void bytecodeForANewerStablehloIsRefusedWithBothVersions() {
    String bytes = new String(axpy(), 0, 100, StandardCharsets.ISO_8859_1);
    byte[] newer =
        bytes
            .replaceFirst("StableHLO_v\\d+\\.\\d+", "StableHLO_v9.99")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(
            assertThrows(
                CompilationException.class,
                () -> device.compile(Program.ofBytecode(newer, SIGNATURE))))
        .hasMessageThat()
        .containsMatch(
            "it was written for StableHLO 9\\.99\\.\\d+, and the plugin reads StableHLO up to \\d\\.");
  }

  @Test
  void aSignatureThatIsNoneIsRefused() {
    assertThrows(
        CompilationException.class,
        () -> Program.ofBytecode(axpy(), "tensor<4xf32>, tensor<4xf32>"));
  }

  @Test
  void programsAreEqualIfBytesAndSignaturesAre() {
    Program one = Program.ofBytecode(axpy(), SIGNATURE);
    Program changed = Program.ofBytecode(new byte[] {1}, SIGNATURE);

    assertThat(one).isEqualTo(Program.ofBytecode(axpy(), SIGNATURE));
    assertThat(one).isNotEqualTo(changed);
  }
}
