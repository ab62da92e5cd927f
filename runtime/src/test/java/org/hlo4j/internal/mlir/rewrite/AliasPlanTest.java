package org.hlo4j.internal.mlir.rewrite;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import org.hlo4j.internal.mlir.Programs;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.InputUse;
import org.hlo4j.internal.mlir.rewrite.AliasPlan.OutputSource;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AliasPlanTest {
  private static AliasPlan plan(String text) {
    MlirModule module = MlirReader.read(text);
    return AliasPlan.of(module, EntryPoint.of(module));
  }

  private static OutputSource input(int index) {
    return new OutputSource(true, index);
  }

  private static OutputSource computed(int index) {
    return new OutputSource(false, index);
  }

  @Test
  void aProgramThatComputesAllItsOutputsStaysAsItIs() {
    String text =
        """
        func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32}) -> tensor<4xf32> {
          %0 = stablehlo.negate %x : tensor<4xf32>
          return %0 : tensor<4xf32>
        }
        """;

    AliasPlan plan = plan(text);

    assertThat(plan.text()).isEqualTo(text);
    assertThat(plan.inputs()).containsExactly(InputUse.DONATED);
    assertThat(plan.outputs()).containsExactly(computed(0));
  }

  @Test
  void whatIsForwardedOrTheSameOrUnusedIsCutOut() {
    AliasPlan plan =
        plan(
            """
            module @m {
              func.func public @main(%a: tensor<4xf32>,
                  %dead: tensor<2xi8> {mhlo.sharding = "{replicated}"}, // nobody reads it
                  %b: tensor<4xf32> loc("b"))
                  -> (tensor<4xf32> {jax.result_info = "result.a"}, tensor<4xf32>,
                      tensor<4xf32> {jax.result_info = "sum"}, tensor<4xf32>) {
                %0 = stablehlo.add %b, %b : tensor<4xf32>
                return %a, %0,
                    %0, %b : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32> loc(unknown)
              }
            }
            """);

    assertThat(plan.text())
        .isEqualTo(
            """
            module @m {
              func.func public @main(%b: tensor<4xf32> loc("b"))

             -> (tensor<4xf32>)

             {
                %0 = stablehlo.add %b, %b : tensor<4xf32>
                func.return %0 : tensor<4xf32>

              }
            }
            """);
    assertThat(plan.inputs())
        .containsExactly(InputUse.UNUSED, InputUse.UNUSED, InputUse.READ)
        .inOrder();
    assertThat(plan.outputs())
        .containsExactly(input(0), computed(0), computed(0), input(2))
        .inOrder();
  }

  @Test
  void anOutputOfADonatedInputItselfIsThatBuffer() {
    AliasPlan plan =
        plan(
            """
            func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 1 : i32, mhlo.layout_mode = "default"},
                %y: tensor<4xf32> {jax.buffer_donor = true},
                %z: tensor<4xf32> {tf.aliasing_output = 2 : i32})
                -> (tensor<4xf32>, tensor<4xf32> {mhlo.layout_mode = "default"}, tensor<4xf32>) {
              %0 = stablehlo.add %x, %z : tensor<4xf32>
              return %y, %x, %0 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
            }
            """);

    assertThat(plan.inputs())
        .containsExactly(InputUse.READ_AND_MOVED, InputUse.MOVED, InputUse.DONATED)
        .inOrder();
    assertThat(plan.outputs()).containsExactly(input(1), input(0), computed(0)).inOrder();
    assertThat(plan.text())
        .contains(
            "@main(%x: tensor<4xf32> {mhlo.layout_mode = \"default\"},"
                + " %z: tensor<4xf32> {tf.aliasing_output = 0 : i32})");
  }

  @Test
  void whatXlaHasToWriteIsLeftToIt() {
    String text =
        """
        func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 1 : i32}, %y: tensor<4xf32>)
            -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32> {mhlo.memory_kind = "pinned_host"}) {
          %0 = stablehlo.negate %x : tensor<4xf32>
          return %x, %0, %y : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
        }
        """;

    AliasPlan plan = plan(text);

    assertThat(plan.text()).isEqualTo(text);
    assertThat(plan.inputs()).containsExactly(InputUse.DONATED, InputUse.READ).inOrder();
    assertThat(plan.outputs()).containsExactly(computed(0), computed(1), computed(2)).inOrder();
  }

  @Test
  void anOutputThatIsGivenMemoryIsWritten() {
    AliasPlan plan =
        plan(
            """
            func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32}, %y: tensor<4xf32>,
                %z: tensor<4xf32> {tf.aliasing_output = 1 : i32},
                %w: tensor<4xf32> {tf.aliasing_output = 2 : i32})
                -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
              %0 = stablehlo.negate %y : tensor<4xf32>
              return %y, %0, %0 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
            }
            """);

    assertThat(plan.inputs())
        .containsExactly(InputUse.DONATED, InputUse.READ, InputUse.DONATED, InputUse.DONATED)
        .inOrder();
    assertThat(plan.outputs()).containsExactly(computed(0), computed(1), computed(2)).inOrder();
  }

  @Test
  void onlyOneOfThoseThatShareABufferIsGivenMemory() {
    AliasPlan plan =
        plan(
            """
            func.func @main(%x: tensor<4xf32> {tf.aliasing_output = 1 : i32},
                %y: tensor<4xf32> {tf.aliasing_output = 2 : i32})
                -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
              %0 = stablehlo.add %x, %y : tensor<4xf32>
              return %0, %0, %0, %0 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
            }
            """);

    assertThat(plan.outputs())
        .containsExactly(computed(0), computed(0), computed(1), computed(0))
        .inOrder();
    assertThat(plan.text())
        .contains(
            "@main(%x: tensor<4xf32> {tf.aliasing_output = 0 : i32},"
                + " %y: tensor<4xf32> {tf.aliasing_output = 1 : i32})");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"func.call\"(%x) {after = @same, callee = @negated}",
        "func.call @same(%x) {callee = @negated}"
      })
  void aCallIsOfWhatItsAttributeNames(String call) {
    AliasPlan plan =
        plan(
            """
            func.func private @same(%%a: tensor<f32>) -> tensor<f32> {
              return %%a : tensor<f32>
            }
            func.func private @negated(%%a: tensor<f32>) -> tensor<f32> {
              %%0 = stablehlo.negate %%a : tensor<f32>
              return %%0 : tensor<f32>
            }
            func.func @main(%%x: tensor<f32>) -> tensor<f32> {
              %%0 = %s : (tensor<f32>) -> tensor<f32>
              return %%0 : tensor<f32>
            }
            """
                .formatted(call));

    assertThat(plan.inputs()).containsExactly(InputUse.READ);
    assertThat(plan.outputs()).containsExactly(computed(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mhlo.xla_entry_computation_parameter_layouts = [dense<0> : tensor<1xindex>,"
            + " dense<0> : tensor<1xindex>]",
        "mhlo.spmd_parameters_shardings = [\"{replicated}\", \"{replicated}\"]",
        "mhlo.spmd_output_sharding = \"{{replicated}, {replicated}}\""
      })
  void whatIsCountedElsewhereStays(String attribute) {
    String text =
        """
        module attributes {%s} {
          func.func @main(%%x: tensor<4xf32>, %%y: tensor<4xf32>)
              -> (tensor<4xf32>, tensor<4xf32>) {
            return %%x, %%x : tensor<4xf32>, tensor<4xf32>
          }
        }
        """;

    assertThat(plan(text.formatted(attribute)).text()).isEqualTo(text.formatted(attribute));
    assertThat(plan(text.formatted("mhlo.input_output_alias = []")).inputs())
        .containsExactly(InputUse.UNUSED, InputUse.UNUSED);
  }

  @Test
  void theGenericFormIsLeftToXla() {
    String text =
        """
        "func.func"() <{function_type = (tensor<4xf32>) -> tensor<4xf32>, sym_name = "main"}> ({
        ^bb0(%x: tensor<4xf32>):
          "func.return"(%x) : (tensor<4xf32>) -> ()
        }) : () -> ()
        """;

    AliasPlan plan = plan(text);

    assertThat(plan.text()).isEqualTo(text);
    assertThat(plan.inputs()).containsExactly(InputUse.READ);
    assertThat(plan.outputs()).containsExactly(computed(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "duplicate_output",
        "forward_all_dtypes",
        "no_output",
        "kv_cache_update_donated",
        "mlp_train_adam_donated",
        "lstm_scan"
      })
  void thePlanOfWhatIsLeftChangesNothing(String name) {
    String text = Programs.resource(name + ".mlir");
    AliasPlan plan = plan(text);

    assertThat(plan.text().lines().count()).isEqualTo(text.lines().count());
    assertThat(plan(plan.text()).text()).isEqualTo(plan.text());
  }

  @Test
  void whatIsHandedOnThroughBarriersCallsLoopsAndBranchesIsTheSame() {
    AliasPlan plan =
        plan(
            """
            module @m {
              func.func private @swap(%a: tensor<f32>, %b: tensor<f32>)
                  -> (tensor<f32>, tensor<f32>) {
                return %b, %a : tensor<f32>, tensor<f32>
              }
              func.func @main(%x: tensor<f32>, %y: tensor<f32>, %n: tensor<i32>, %p: tensor<i1>)
                  -> (tensor<f32>, tensor<f32>, tensor<f32>, tensor<i32>, tensor<f32>) {
                %0:2 = stablehlo.optimization_barrier %x, %y : tensor<f32>, tensor<f32>
                %1:2 = func.call @swap(%0#0, %0#1)
                    : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
                %2:2 = stablehlo.while(%i = %n, %v = %1#0) : tensor<i32>, tensor<f32>
                  cond {
                    %c = stablehlo.compare LT, %i, %i : (tensor<i32>, tensor<i32>) -> tensor<i1>
                    stablehlo.return %c : tensor<i1>
                  } do {
                    %j = stablehlo.add %i, %i : tensor<i32>
                    stablehlo.return %j, %v : tensor<i32>, tensor<f32>
                  }
                %3:2 = "stablehlo.if"(%p) ({
                  %s = stablehlo.add %x, %y : tensor<f32>
                  stablehlo.return %x, %s : tensor<f32>, tensor<f32>
                }, {
                  stablehlo.return %1#1, %y : tensor<f32>, tensor<f32>
                }) : (tensor<i1>) -> (tensor<f32>, tensor<f32>)
                return %0#0, %2#1, %3#0, %2#0, %3#1
                    : tensor<f32>, tensor<f32>, tensor<f32>, tensor<i32>, tensor<f32>
              }
            }
            """);

    assertThat(plan.outputs())
        .isEqualTo(List.of(input(0), input(1), input(0), computed(0), computed(1)));
  }
}
