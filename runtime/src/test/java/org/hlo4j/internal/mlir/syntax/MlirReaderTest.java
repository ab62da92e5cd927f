package org.hlo4j.internal.mlir.syntax;

import static com.google.common.truth.Truth.assertThat;

import java.util.List;
import org.hlo4j.internal.mlir.Programs;
import org.hlo4j.internal.mlir.model.Alias;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.hlo4j.internal.mlir.model.FunctionResult;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.Use;
import org.hlo4j.internal.mlir.text.SourceText;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
final class MlirReaderTest {
  @Test
  void readsABareFunction() {
    MlirModule module =
        MlirReader.read(
            """
            func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
              return %x : tensor<2xf32>
            }
            """);

    assertThat(module.name()).isEmpty();
    assertThat(module.operation()).isNull();
    assertThat(module.span()).isEqualTo(new Span(0, module.source().length()));
    assertThat(module.function("main").name()).isEqualTo("main");
    assertThat(module.function("other")).isNull();
  }

  @Test
  void readsAModuleWithNameAndAttributes() {
    MlirModule module =
        MlirReader.read(
            """
            // A comment.
            module @jit_f attributes {mhlo.num_partitions = 4 : i32, unit} {
            } loc(unknown)
            """);

    assertThat(module.name()).isEqualTo("jit_f");
    assertThat(module.attributes().get("mhlo.num_partitions").integer()).isEqualTo(4);
    assertThat(module.attributes().get("unit").valueSpan()).isNull();
    assertThat(module.functions()).isEmpty();
    assertThat(module.function("main")).isNull();
    assertThat(module.source().slice(module.span())).startsWith("module @jit_f");
  }

  @Test
  void readsSeveralFunctionsAndTheirVisibility() {
    MlirModule module =
        MlirReader.read(
            """
            module {
              func.func private @helper(tensor<f32> {a.b}, i32) -> tensor<f32> attributes {x = 1}
              func.func nested @n() { return }
              func.func public @run() { return }
            }
            """);

    assertThat(module.functions().stream().map(Function::name))
        .containsExactly("helper", "n", "run")
        .inOrder();
    Function helper = module.function("helper");
    assertThat(helper.isDeclaration()).isTrue();
    assertThat(helper.isPrivate()).isTrue();
    assertThat(helper.arguments().get(0).name()).isEmpty();
    assertThat(helper.arguments().get(0).value()).isNull();
    assertThat(helper.arguments().get(0).attributes().has("a.b")).isTrue();
    assertThat(helper.attributes().get("x").integer()).isEqualTo(1);
    assertThat(helper.returnOperation()).isNull();
    assertThat(module.function("n").isPrivate()).isFalse();
    assertThat(module.function("run").isPrivate()).isFalse();
  }

  @Test
  void readsArgumentsAndResultsWithTheirPlaces() {
    String text =
        """
        func.func @main(%x: tensor<2xf32> {tf.aliasing_output = 0 : i32} loc("x"), %y : i1)
            -> (tensor<2xf32> {jax.result_info = "result[0]['b']"}, i1) {
          return %x, %y : tensor<2xf32>, i1
        }
        """;
    MlirModule module = MlirReader.read(text);
    Function main = module.function("main");
    SourceText source = module.source();

    FunctionArgument x = main.arguments().get(0);
    assertThat(x.name()).isEqualTo("%x");
    assertThat(x.attributes().get("tf.aliasing_output").integer()).isEqualTo(0);
    assertThat(source.slice(x.typeSpan())).isEqualTo("tensor<2xf32>");
    assertThat(source.slice(x.span()))
        .isEqualTo("%x: tensor<2xf32> {tf.aliasing_output = 0 : i32} loc(\"x\")");
    assertThat(source.slice(x.attributes().span())).isEqualTo("{tf.aliasing_output = 0 : i32}");
    assertThat(main.arguments().get(1).attributes().span()).isNull();
    FunctionResult first = main.results().get(0);
    assertThat(first.attributes().get("jax.result_info").string()).isEqualTo("result[0]['b']");
    assertThat(source.slice(first.typeSpan())).isEqualTo("tensor<2xf32>");
    assertThat(source.slice(main.signature().name())).isEqualTo("@main");
    assertThat(source.slice(main.signature().arguments())).startsWith("(%x: tensor<2xf32>");
    assertThat(source.slice(main.signature().results()).strip()).startsWith("-> (tensor<2xf32>");
    assertThat(main.type().text()).isEqualTo("(tensor<2xf32>, i1) -> (tensor<2xf32>, i1)");
    assertThat(main.returnOperation().operands())
        .containsExactly(x.value(), main.arguments().get(1).value())
        .inOrder();
    assertThat(x.value().isArgument()).isTrue();
    assertThat(x.value().block()).isSameInstanceAs(main.body().entry());
  }

  @Test
  void hasAPlaceForResultsThatAreNotThere() {
    MlirModule module = MlirReader.read("func.func @main(%x: i1) { return }");
    Span results = module.function("main").signature().results();

    assertThat(results.end()).isEqualTo(results.start());
    assertThat(module.source().text().substring(0, results.start())).endsWith("(%x: i1)");
  }

  @Test
  void readsAliasesAnywhere() {
    MlirModule module =
        MlirReader.read(
            """
            #bounds = #stablehlo.bounds<8, ?>
            #map = affine_map<(d0) -> (d0)>
            #set = affine_set<(d0) : (d0 - 1 >= 0, d0 <= 4)>
            #loc1 = loc("a")
            !t = tensor<8x4xf32, #bounds>
            module {
              func.func @main(%x: !t) { return } loc(#loc)
            }
            #loc = loc(callsite(#loc1 at "f.py":1:2 to :9))
            #typed = dense<1> : tensor<4xi32>
            #list = [1, "two", {three = 3}]
            """);

    assertThat(module.aliases().stream().map(Alias::name))
        .containsExactly("#bounds", "#map", "#set", "#loc1", "!t", "#loc", "#typed", "#list")
        .inOrder();
    assertThat(module.function("main").arguments().get(0).type().text())
        .isEqualTo("tensor<8x4xf32, #stablehlo.bounds<8, ?>>");
    Alias typed = module.aliases().get(6);
    assertThat(module.source().slice(typed.valueSpan())).isEqualTo("dense<1> : tensor<4xi32>");
    assertThat(module.source().slice(typed.span())).isEqualTo("#typed = dense<1> : tensor<4xi32>");
  }

  @Test
  void passesTheMetadataOfAFile() {
    MlirModule module =
        MlirReader.read(
            """
            func.func @main() { return }
            {-#
              dialect_resources: { builtin: { blob: "0x08000000#-}" } }
            #-}
            """);

    assertThat(module.functions()).hasSize(1);
  }

  @Test
  void keepsWhatIsNoFunction() {
    MlirModule module =
        MlirReader.read(
            """
            module @m {
              sdy.mesh @mesh = <["x"=2, "y"=2]> {a = 1}
              module @inner { func.func @f() { return } }
              func.func @main() { return }
            }
            """);

    assertThat(Programs.names(module.operations()))
        .containsExactly("sdy.mesh", "builtin.module", "func.func")
        .inOrder();
    assertThat(module.modules().get(0).name()).isEqualTo("inner");
    assertThat(module.modules().get(0).function("f")).isNotNull();
    assertThat(module.operations().get(0).symbols().get(0).name()).isEqualTo("mesh");
  }

  @Test
  void readsTheGenericFormOfEverything() {
    MlirModule module =
        MlirReader.read(
            """
            "builtin.module"() <{sym_name = "m"}> ({
              "func.func"() <{arg_attrs = [{tf.aliasing_output = 0 : i32}, {}],
                  function_type = (tensor<2xf32>, i1) -> tensor<2xf32>,
                  res_attrs = [{jax.result_info = "r"}], sym_name = "main"}> ({
              ^bb0(%arg0: tensor<2xf32>, %arg1: i1):
                %0 = "stablehlo.add"(%arg0, %arg0) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
                "func.return"(%0) : (tensor<2xf32>) -> ()
              }) : () -> ()
              "func.func"() <{function_type = () -> (), sym_name = "p",
                  sym_visibility = "private"}> ({
              }) : () -> ()
            }) {mhlo.num_replicas = 1 : i32} : () -> ()
            """);

    assertThat(module.name()).isEqualTo("m");
    assertThat(module.attributes().get("mhlo.num_replicas").integer()).isEqualTo(1);
    Function main = module.function("main");
    assertThat(main.type().text()).isEqualTo("(tensor<2xf32>, i1) -> tensor<2xf32>");
    assertThat(main.signature()).isNull();
    assertThat(main.arguments().get(0).name()).isEqualTo("%arg0");
    assertThat(main.arguments().get(0).attributes().get("tf.aliasing_output").integer())
        .isEqualTo(0);
    assertThat(main.results().get(0).attributes().get("jax.result_info").string()).isEqualTo("r");
    assertThat(main.returnOperation().operands().get(0).definition().name())
        .isEqualTo("stablehlo.add");
    assertThat(module.function("p").isPrivate()).isTrue();
  }

  @Test
  void findsTheUsesOfAValue() {
    Function main =
        Programs.function(
            """
            func.func @main(%x: tensor<f32>, %p: tensor<i32>) -> tensor<f32> {
              %0 = stablehlo.add %x, %x : tensor<f32>
              %1 = "stablehlo.case"(%p) ({
                %2 = stablehlo.negate %x : tensor<f32>
                stablehlo.return %2 : tensor<f32>
              }) : (tensor<i32>) -> tensor<f32>
              return %1 : tensor<f32>
            }
            """);

    List<Use> uses = main.arguments().get(0).value().uses();
    assertThat(uses.stream().map(use -> use.operation().name() + " " + use.index()))
        .containsExactly("stablehlo.add 0", "stablehlo.add 1", "stablehlo.negate 0")
        .inOrder();
    assertThat(main.body().entry().operations().get(0).results().get(0).uses()).isEmpty();
  }

  @Test
  void readsStablehloReturnAsTheEndOfAFunction() {
    Function main = Programs.function("func.func @main(%x: i1) -> i1 { stablehlo.return %x : i1 }");

    assertThat(main.returnOperation().name()).isEqualTo("stablehlo.return");
  }

  @Test
  void doesNotNeedLineEnds() {
    Function main =
        Programs.function(
            "func.func @main(%x: tensor<f32>) -> tensor<f32> { %0 = stablehlo.add %x, %x :"
                + " tensor<f32> %1, %2 = chlo.top_k(%0, k = 1) : tensor<f32> -> (tensor<f32>,"
                + " tensor<i32>) \"a.b\"() : () -> () stablehlo.custom_call @f(%x) :"
                + " (tensor<f32>) -> () %3 = call @main(%1) : (tensor<f32>) -> tensor<f32> return"
                + " %3 : tensor<f32> }");

    assertThat(Programs.names(main.body().entry().operations()))
        .containsExactly(
            "stablehlo.add",
            "chlo.top_k",
            "a.b",
            "stablehlo.custom_call",
            "func.call",
            "func.return")
        .inOrder();
  }

  @Test
  void readsWindowsLineEndsAndTabs() {
    assertThat(
            Programs.names(
                Programs.function("func.func @main() {\r\n\ta.b\r\n\tc.d\r\n\treturn\r\n}\r\n")
                    .body()
                    .entry()
                    .operations()))
        .containsExactly("a.b", "c.d", "func.return")
        .inOrder();
  }

  @Test
  void readsQuotedSymbols() {
    MlirModule module =
        MlirReader.read("func.func @\"odd name\"() { call @\"odd name\"() : () -> () return }");

    Operation call = module.function("odd name").body().entry().operations().get(0);
    assertThat(call.callee()).isEqualTo("odd name");
  }
}
