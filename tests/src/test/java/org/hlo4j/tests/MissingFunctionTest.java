package org.hlo4j.tests;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.hlo4j.Device;
import org.hlo4j.Pjrt;
import org.hlo4j.Program;
import org.hlo4j.error.CompilationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs that call functions which the plugin does not have. */
class MissingFunctionTest {
  private final Pjrt client = Pjrt.open();
  private final Device device = client.device();

  @AfterEach
  void close() {
    client.close();
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream in = MissingFunctionTest.class.getResourceAsStream("files/" + name)) {
      return in.readAllBytes();
    }
  }

  private CompilationException refusal(String text) {
    Program program = Program.of(text);
    return assertThrows(CompilationException.class, () -> device.compile(program));
  }

  @Test
  void aLapackFunctionIsNamedWithItsLineAndTheWorkaround() throws IOException {
    String text = new String(file("cholesky.mlir"), StandardCharsets.UTF_8);

    CompilationException refused = refusal(text);

    assertThat(refused)
        .hasMessageThat()
        .contains(
            String.format(
                Locale.ROOT,
                "jit_cholesky cannot be compiled, line %d, column %d: no published plugin provides",
                refused.line(),
                refused.column()));
    assertThat(refused.problem())
        .isEqualTo(
            "no published plugin provides lapack_spotrf_ffi, a LAPACK function of JAX's own CPU"
                + " client; export with platforms=[\"tpu\"], which uses operations of XLA");
    assertThat(text.lines().toList().get(refused.line() - 1))
        .contains("custom_call @lapack_spotrf_ffi");
  }

  /** JAX's solve for TPUs calls another function that CPUs do not have. */
  @Test
  void anLuDecompositionHasAWorkaroundOfItsOwn() throws IOException {
    CompilationException refused = refusal(new String(file("solve.mlir"), StandardCharsets.UTF_8));

    assertThat(refused.problem())
        .isEqualTo(
            "no published plugin provides lapack_sgetrf_ffi, a LAPACK function of JAX's own CPU"
                + " client; export with platforms=[\"metal\"], for which JAX writes it in"
                + " StableHLO's operations (platforms=[\"tpu\"] calls a function that is missing"
                + " as well)");
  }

  @Test
  void inBytecodeTheFunctionIsNamedAsWell() throws IOException {
    byte[] bytecode = file("cholesky.mlirbc");
    Program program =
        Program.ofBytecode(bytecode, "(%x: tensor<4x4xf32>) -> tensor<4x4xf32>").named("Cholesky");

    assertThat(assertThrows(CompilationException.class, () -> device.compile(program)))
        .hasMessageThat()
        .startsWith(
            "Cholesky cannot be compiled: no published plugin provides lapack_spotrf_ffi, ");
    assertThat(assertThrows(CompilationException.class, () -> device.signatureOf(bytecode)))
        .hasMessageThat()
        .startsWith("no published plugin provides lapack_spotrf_ffi, ");
  }

  @Test
  void aFunctionOfTheUsersOwnIsNamedWithItsLine() {
    CompilationException refused =
        refusal(
            """
            func.func @main(%x: tensor<f32>) -> tensor<f32> {
              %0 = stablehlo.custom_call @mine(%x) {api_version = 2 : i32} : (tensor<f32>) -> tensor<f32>
              return %0 : tensor<f32>
            }
            """);

    assertThat(refused)
        .hasMessageThat()
        .contains(
            "line 2, column 8: this plugin does not provide mine, which the program calls by"
                + " custom_call");
  }
}
