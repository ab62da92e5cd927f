package org.hlo4j.internal.mlir.analysis;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.hlo4j.Program;
import org.hlo4j.error.CompilationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each of these ended the process while XLA compiled it. */
final class SizeLimitsTest {
  private static final String TOO_MANY_BYTES =
      " takes more than 2^48 bytes, which no process can address";

  private static Program program(String operation) {
    return Program.of(
        """
        func.func @main(%%x: tensor<2xf32>, %%z: tensor<f32>) -> tensor<2xf32> {
          %s
          return %%x : tensor<2xf32>
        }
        """
            .formatted(operation));
  }

  private static CompilationException refusal(String operation) {
    return assertThrows(CompilationException.class, () -> program(operation));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%0 = stablehlo.iota dim = 0 : tensor<2305843009213693951xf32>",
        "%0 = stablehlo.iota dim = 0 : tensor<4611686018427387904xf32>",
        "%0 = stablehlo.iota dim = 0 : tensor<4611686018427387904x1xi1>",
        "%0 = stablehlo.broadcast_in_dim %z, dims = [] : (tensor<f32>) -> tensor<2305843009213693952xf32>",
        "%0 = stablehlo.pad %x, %z, low = [0], high = [4611686018427387904], interior = [0]"
            + " : (tensor<2xf32>, tensor<f32>) -> tensor<4611686018427387906xf32>",
        "%0 = stablehlo.broadcast_in_dim %z, dims = [] : (tensor<f32>) -> tensor<1152921504606846976xcomplex<f64>>",
        "%0 = stablehlo.while(%i = %z) : tensor<70368744177665xf32> cond { } do { }",
      })
  void aTensorThatNoProcessCanAddressIsRefused(String operation) {
    CompilationException refused = refusal(operation);

    assertThat(refused.problem()).startsWith("tensor<");
    assertThat(refused.problem()).endsWith(TOO_MANY_BYTES);
    assertThat(refused.line()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pad|4611686018427387904|%0 = stablehlo.pad %x, %z, low = [-4611686018427387904],"
            + " high = [4611686018427387904], interior = [0] : (tensor<2xf32>, tensor<f32>) ->"
            + " tensor<2xf32>",
        "pad|9223372036854775807|%0 = \"stablehlo.pad\"(%x, %z) <{edge_padding_low = array<i64: 0>,"
            + " edge_padding_high = array<i64: 0>, interior_padding = array<i64:"
            + " 9223372036854775807>}> : (tensor<2xf32>, tensor<f32>) -> tensor<2xf32>",
        "slice|9223372036854775807|%0 = stablehlo.slice %x [0:2:9223372036854775807] :"
            + " (tensor<2xf32>) -> tensor<1xf32>",
        "slice|18446744073709551616|%0 = stablehlo.slice %x [0:18446744073709551616] :"
            + " (tensor<2xf32>) -> tensor<1xf32>",
        "reduce_window|281474976710657|%0 = \"stablehlo.reduce_window\"(%x, %z) <{padding ="
            + " dense<[[281474976710657, -281474976710657]]> : tensor<1x2xi64>}> ({ ^bb0(%a:"
            + " tensor<f32>, %b: tensor<f32>): stablehlo.return %a : tensor<f32> }) :"
            + " (tensor<2xf32>, tensor<f32>) -> tensor<2xf32>",
      })
  void aDistanceThatNoTensorHasIsRefused(String kind, String number, String operation) {
    assertThat(refusal(operation).problem())
        .isEqualTo(
            "stablehlo.%s is rejected: %s is more than 2^48, the limit for sizes and distances"
                .formatted(kind, number));
  }

  @Test
  void aConstantThatIsADistanceIsRefused() {
    CompilationException refused =
        refusal(
            """
            %l = stablehlo.constant dense<-4611686018427387904> : tensor<1xi64>
            %i = stablehlo.constant dense<0> : tensor<1xi64>
            %0 = stablehlo.dynamic_pad %x, %z, %l, %i, %i : (tensor<2xf32>, tensor<f32>, \
            tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> tensor<2xf32>
            """);

    assertThat(refused.problem())
        .isEqualTo(
            "stablehlo.dynamic_pad is rejected: -4611686018427387904 is more than 2^48, the limit"
                + " for sizes and distances");
  }

  /** Constants are hashes and masks, and locations are anything. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%0 = stablehlo.constant dense<9223372036854775807> : tensor<i64>",
        "%0 = stablehlo.constant dense<18446744073709551615> : tensor<ui64>",
        "%0 = stablehlo.constant dense<0x7FF0000000000000> : tensor<f64>",
        "%0 = stablehlo.pad %x, %z, low = [-1], high = [1], interior = [0] : (tensor<2xf32>,"
            + " tensor<f32>) -> tensor<2xf32>",
        "%0 = stablehlo.iota dim = 0 : tensor<70368744177664xf32>",
      })
  void ordinaryNumbersAreNot(String operation) {
    assertThat(program(operation).outputs()).hasSize(1);
  }
}
