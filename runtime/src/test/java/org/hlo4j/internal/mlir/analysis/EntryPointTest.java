package org.hlo4j.internal.mlir.analysis;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryPointTest {
  private static EntryPoint entryPoint(String text) {
    return EntryPoint.of(MlirReader.read(text));
  }

  @Test
  void inputsAndOutputsHaveTheNamesAndAttributesOfTheProgram() {
    EntryPoint entry =
        entryPoint(
            """
            func.func @main(%w: tensor<2xf32> {tf.aliasing_output = 1 : i32},
                %arg1: tensor<3xi8> {jax.buffer_donor = true}, %x: tensor<i1>)
                -> (tensor<i1> {jax.result_info = "result.loss"}, tensor<2xf32>) {
              return %x, %w : tensor<i1>, tensor<2xf32>
            }
            """);

    assertThat(entry.inputs().get(0).name()).isEqualTo("w");
    assertThat(entry.inputs().get(0).donated()).isTrue();
    assertThat(entry.inputs().get(0).aliasedOutput().getAsInt()).isEqualTo(1);
    assertThat(entry.inputs().get(1).donated()).isTrue();
    assertThat(entry.inputs().get(1).aliasedOutput().isPresent()).isFalse();
    assertThat(entry.inputs().get(2).donated()).isFalse();
    assertThat(entry.inputs().get(2).shape().toString()).isEqualTo("tensor<i1>");
    assertThat(entry.outputs().get(0).name()).isEqualTo("result.loss");
    assertThat(entry.outputs().get(1).name()).isEqualTo("1");
  }

  @Test
  void inputsAreLabelledAsTheExporterCallsThem() {
    EntryPoint entry =
        entryPoint(
            """
            #loc1 = loc("x")
            func.func @main(%arg0: tensor<f32> loc("params['w\\22']"), %arg1: tensor<f32> loc(#loc1),
                %arg2: tensor<f32> loc("step"("train.py":3:4)), %arg3: tensor<f32> loc("train.py":3:4),
                %arg4: tensor<f32> loc(unknown), %arg5: tensor<f32>) -> tensor<f32> {
              return %arg0 : tensor<f32> loc(#loc1)
            }
            """);

    assertThat(entry.inputs().stream().map(EntryPoint.Input::label).toList())
        .containsExactly("params['w\"']", "x", "step", "arg3", "arg4", "arg5")
        .inOrder();
  }

  @Test
  void outputsThatAreInputsOrOtherOutputsAreKnown() {
    EntryPoint entry =
        entryPoint(
            """
            func.func @main(%x: tensor<f32>, %y: tensor<f32>)
                -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>) {
              %0:2 = stablehlo.custom_call @swap(%x, %y)
                  : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
              return %0#1, %y, %0#1, %0#0, %y
                  : tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>, tensor<f32>
            }
            """);

    assertThat(entry.outputs().stream().map(EntryPoint.Output::forwardedInput).toList())
        .containsExactly(
            OptionalInt.empty(),
            OptionalInt.of(1),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.of(1))
        .inOrder();
    assertThat(entry.outputs().stream().map(EntryPoint.Output::sameAs).toList())
        .containsExactly(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.of(0),
            OptionalInt.empty(),
            OptionalInt.empty())
        .inOrder();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "func.func @other() { return }",
            "line 1, column 1: there is no function @main, a program's entry point"),
        Arguments.of(
            "func.func private @main(tensor<f32>) -> tensor<f32>",
            "line 1, column 1: @main has no body"),
        Arguments.of(
            "func.func @main(%t: !stablehlo.token) { return }",
            "line 1, column 21: @main takes and returns tensors, not a !stablehlo.token"),
        Arguments.of(
            "func.func @main(%x: tensor<?xf32>) { return }",
            "line 1, column 21: tensor<?xf32> has a dynamic dimension; only static dimensions are"
                + " supported"),
        Arguments.of(
            "func.func @main(%x: tensor<f32> {tf.aliasing_output = 2 : i32}) { return }",
            "line 1, column 34: tf.aliasing_output = 2 : i32 does not name an output; @main has 0"),
        Arguments.of(
            """
            func.func @main(%x: tensor<f32> {tf.aliasing_output = 0 : i32}) -> tensor<i32> {
              %0 = stablehlo.convert %x : (tensor<f32>) -> tensor<i32>
              return %0 : tensor<i32>
            }
            """,
            "line 1, column 34: %x is a tensor<f32> and cannot become output 0, which is a"
                + " tensor<i32>"),
        Arguments.of(
            "func.func @main(%x: tensor<f32> {tf.aliasing_output = 0 : i32}, %y: tensor<f32>"
                + " {tf.aliasing_output = 0 : i32}) -> tensor<f32> { return %x : tensor<f32> }",
            "line 1, column 82: %y cannot become output 0: %x already does"));
  }

  static Stream<Arguments> dangerous() {
    return Stream.of(
        Arguments.of(
            "module attributes {mhlo.num_partitions = -1 : i32} { func.func @main() { return } }",
            "line 1, column 20: mhlo.num_partitions = -1 : i32 is rejected: it must be between 1"
                + " and 32768"),
        Arguments.of(
            """
            func.func @main() {
              call @f() : () -> ()
              return
            }
            func.func private @f() {
              call @main() : () -> ()
              return
            }
            """,
            "func.call is rejected: @"),
        Arguments.of(
            """
            func.func @main() {
              call @main() : () -> ()
              return
            }
            """,
            "line 2, column 3: func.call is rejected: @main calls itself, and XLA would abort the"
                + " process"),
        Arguments.of(
            """
            func.func @main() {
              %0 = stablehlo.constant dense<0.0> : tensor<4294967296x4294967296x0xf32>
              return
            }
            """,
            "line 2, column 8: tensor<4294967296x4294967296x0xf32> has more elements than 64 bits"
                + " can count"),
        Arguments.of(
            """
            func.func @main() {
              %0 = stablehlo.constant dense<0.0> : tensor<2xf6E2M3FN>
              return
            }
            """,
            "line 2, column 8: tensor<2xf6E2M3FN> has six-bit floats, which XLA does not support"),
        Arguments.of(
            "func.func @main(%t: tensor<f32>) {\n"
                + "  %k = stablehlo.create_token : !stablehlo.token\n"
                + "  %0:2 = \"stablehlo.infeed\"(%k) : (!stablehlo.token) -> (tensor<f32>,"
                + " !stablehlo.token)\n  return\n}",
            "stablehlo.infeed is rejected: infeed and outfeed are not supported"),
        Arguments.of(
            "func.func @main(%x: tensor<2x8xf32>) {\n"
                + "  %0 = \"stablehlo.all_to_all\"(%x) <{concat_dimension = 0 : i64, replica_groups"
                + " = dense<> : tensor<0x0xi64>, split_count = 4 : i64, split_dimension = 1 : i64}>"
                + " : (tensor<2x8xf32>) -> tensor<8x2xf32>\n"
                + "  return\n"
                + "}",
            "stablehlo.all_to_all is rejected: its replica groups are empty"),
        Arguments.of(
            "func.func @main(%x: tensor<2xf32>) {\n"
                + "  %0 = \"stablehlo.collective_permute\"(%x) <{channel_handle ="
                + " #stablehlo.channel_handle<handle = 1, type = 1>, source_target_pairs ="
                + " dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<2xf32>) -> tensor<2xf32>\n"
                + "  return\n"
                + "}",
            "stablehlo.collective_permute is rejected: its channel is for partitions"));
  }

  @ParameterizedTest
  @MethodSource({"refused", "dangerous"})
  void whatCannotRunIsRefusedAtItsLine(String text, String problem) {
    CompilationException refused = assertThrows(CompilationException.class, () -> entryPoint(text));

    assertThat(refused).hasMessageThat().contains(problem);
    assertThat(refused).hasMessageThat().endsWith("^");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void aDonorIsOneWhateverItsAttributeSays(String value) {
    EntryPoint entry =
        entryPoint(
            """
            func.func @main(%%x: tensor<f32> {jax.buffer_donor = %s}) -> tensor<f32> {
              %%0 = stablehlo.negate %%x : tensor<f32>
              return %%0 : tensor<f32>
            }
            """
                .formatted(value));

    // XLA takes the memory in either case.
    assertThat(entry.inputs().get(0).donated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        module attributes {mhlo.input_output_alias = [{alias = {kind = "may_alias",
            parameter_index = array<i64>, parameter_number = 0 : i64},
            output_index = array<i64>}]} {
          func.func @main(%x: tensor<f32>) -> tensor<f32> {
            return %x : tensor<f32>
          }
        }
        """,
        """
        func.func @main(%x: tensor<f32>) -> tensor<f32>
            attributes {arg_attrs = [{tf.aliasing_output = 0 : i32}]} {
          return %x : tensor<f32>
        }
        """
      })
  void aDonationThatIsNotBehindATypeIsRefused(String text) {
    assertThat(assertThrows(CompilationException.class, () -> entryPoint(text)))
        .hasMessageThat()
        .contains("is rejected: an input is donated by tf.aliasing_output after its type");
  }

  @Test
  void aLongChainOfCallsIsNoRecursion() {
    StringBuilder text = new StringBuilder();
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      text.append("func.func @%s() {\n".formatted(i == 0 ? "main" : "f" + i));
      if (i + 1 < count) {
        text.append(String.format(Locale.ROOT, "  call @f%d() : () -> ()\n", i + 1));
        text.append(
            String.format(Locale.ROOT, "  call @f%d() : () -> ()\n", Math.min(i + 2, count - 1)));
      }
      text.append("  return\n}\n");
    }

    assertThat(entryPoint(text.toString()).inputs()).isEmpty();
  }
}
