package org.hlo4j.internal.mlir.syntax;

import static com.google.common.truth.Truth.assertThat;
import static org.hlo4j.internal.mlir.Programs.body;
import static org.hlo4j.internal.mlir.Programs.names;
import static org.hlo4j.internal.mlir.Programs.only;
import static org.hlo4j.internal.mlir.Programs.valueNames;
import static org.hlo4j.internal.mlir.Programs.valueTypes;

import java.util.List;
import org.hlo4j.internal.mlir.Programs;
import org.hlo4j.internal.mlir.model.Block;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.SymbolReference;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.text.Span;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Each form in which operations are written; the functions around them take %a, %b and %i. */
@NullUnmarked
final class OperationFormsTest {
  @Test
  void readsOneTypeForAll() {
    Operation add = only("%0 = stablehlo.add %a, %b : tensor<4xf32>");

    assertThat(add.name()).isEqualTo("stablehlo.add");
    assertThat(valueNames(add.operands())).containsExactly("%a", "%b").inOrder();
    assertThat(valueTypes(add.results())).containsExactly("tensor<4xf32>");
    assertThat(add.results().get(0).definition()).isSameInstanceAs(add);
    assertThat(add.text()).isEqualTo("%0 = stablehlo.add %a, %b : tensor<4xf32>");
  }

  @Test
  void readsAComparison() {
    Operation compare =
        only("%0 = stablehlo.compare LT, %a, %b, FLOAT : (tensor<4xf32>, tensor<4xf32>) -> i1");

    assertThat(valueNames(compare.operands())).containsExactly("%a", "%b").inOrder();
    assertThat(valueTypes(compare.results())).containsExactly("i1");
    assertThat(compare.operandTypes()).hasSize(2);
  }

  @Test
  void takesTheLastTypeOfASelectionForItsResult() {
    Operation select = only("%0 = stablehlo.select %i, %a, %b : tensor<i1>, tensor<4xf32>");

    assertThat(valueTypes(select.results())).containsExactly("tensor<4xf32>");
    assertThat(select.operandTypes()).isEmpty();
  }

  @Test
  void readsAConstantInBothForms() {
    Operation pretty = only("%c = stablehlo.constant dense<[[0, 1]]> : tensor<1x2xi64>");
    Operation generic =
        only(
            "%c = \"stablehlo.constant\"() <{value = dense<[[0, 1]]> : tensor<1x2xi64>}> : () ->"
                + " tensor<1x2xi64>");

    for (Operation constant : List.of(pretty, generic)) {
      assertThat(constant.attributes().get("value").text())
          .isEqualTo("dense<[[0, 1]]> : tensor<1x2xi64>");
      assertThat(valueTypes(constant.results())).containsExactly("tensor<1x2xi64>");
    }
  }

  @Test
  void readsASlice() {
    Operation slice = only("%0 = stablehlo.slice %a [0:1, 2:3:2] : (tensor<4xf32>) -> i1");

    assertThat(valueNames(slice.operands())).containsExactly("%a");
  }

  @Test
  void readsNamedAttributesOfPrettyForms() {
    Operation dot =
        only(
            "%0 = stablehlo.dot_general %a, %b, batching_dims = [] x [], contracting_dims = [0] x"
                + " [0], precision = [DEFAULT, DEFAULT] : (tensor<4xf32>, tensor<4xf32>) ->"
                + " tensor<f32>");

    assertThat(dot.attributes().get("contracting_dims").text()).isEqualTo("[0] x [0]");
    assertThat(dot.attributes().get("precision").text()).isEqualTo("[DEFAULT, DEFAULT]");
  }

  @Test
  void readsAConvolution() {
    Operation convolution =
        only(
            "%0 = stablehlo.convolution(%a, %b) dim_numbers = [b, 0, f]x[0, i, o]->[b, 0, f],"
                + " window = {stride = [1], pad = [[1, 1]]} {batch_group_count = 1 : i64} :"
                + " (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>");

    assertThat(convolution.attributes().get("dim_numbers").text())
        .isEqualTo("[b, 0, f]x[0, i, o]->[b, 0, f]");
    assertThat(convolution.attributes().get("batch_group_count").integer()).isEqualTo(1);
    assertThat(convolution.operands()).hasSize(2);
  }

  @Test
  void readsAReductionThatAppliesAnOperation() {
    Operation reduce =
        only(
            "%0 = stablehlo.reduce(%a init: %i) applies stablehlo.add across dimensions = [0] :"
                + " (tensor<4xf32>, tensor<f32>) -> tensor<f32>");

    assertThat(valueNames(reduce.operands())).containsExactly("%a", "%i").inOrder();
    assertThat(reduce.attributes().get("applies").text()).isEqualTo("stablehlo.add");
    assertThat(reduce.attributes().get("dimensions").integers()).containsExactly(0L);
    assertThat(reduce.regions()).isEmpty();
  }

  @Test
  void readsAReductionWithItsReducer() {
    Operation reduce =
        only(
            "%0:2 = stablehlo.reduce(%a init: %i), (%b init: %i) across dimensions = [0] :"
                + " (tensor<4xf32>, tensor<4xf32>, tensor<f32>, tensor<f32>) -> (tensor<f32>,"
                + " tensor<f32>)",
            " reducer(%x: tensor<f32> loc(\"x\"), %y: tensor<f32>) (%z: tensor<f32>, %w:"
                + " tensor<f32>)  {",
            "  %1 = stablehlo.add %x, %w : tensor<f32>",
            "  stablehlo.return %1, %z : tensor<f32>, tensor<f32>",
            "}");

    assertThat(valueNames(reduce.operands())).containsExactly("%a", "%b", "%i", "%i").inOrder();
    Block reducer = reduce.regions().get(0).entry();
    assertThat(valueNames(reducer.arguments())).containsExactly("%x", "%z", "%y", "%w").inOrder();
    assertThat(reducer.terminator().operands().get(1)).isSameInstanceAs(reducer.arguments().get(1));
    assertThat(valueNames(reduce.results())).containsExactly("%0#0", "%0#1").inOrder();
  }

  @Test
  void readsALoop() {
    List<Operation> operations =
        body(
            "%0:2 = stablehlo.while(%x = %i, %y = %a) : tensor<i32>, tensor<4xf32>",
            " attributes {k = 1}",
            " cond {",
            "  %1 = stablehlo.compare LT, %x, %i : (tensor<i32>, tensor<i32>) -> tensor<i1>",
            "  stablehlo.return %1 : tensor<i1>",
            "} do {",
            "  %1 = stablehlo.add %y, %b : tensor<4xf32>",
            "  stablehlo.return %x, %1 : tensor<i32>, tensor<4xf32>",
            "}",
            "return");

    Operation loop = operations.get(0);
    assertThat(valueNames(loop.operands())).containsExactly("%i", "%a").inOrder();
    assertThat(valueTypes(loop.results()))
        .containsExactly("tensor<i32>", "tensor<4xf32>")
        .inOrder();
    assertThat(loop.attributes().get("k").integer()).isEqualTo(1);
    assertThat(loop.regions()).hasSize(2);
    for (Region region : loop.regions()) {
      assertThat(valueNames(region.entry().arguments())).containsExactly("%x", "%y").inOrder();
      assertThat(valueTypes(region.entry().arguments()))
          .containsExactly("tensor<i32>", "tensor<4xf32>")
          .inOrder();
    }
    Value bodyY = loop.regions().get(1).entry().arguments().get(1);
    assertThat(bodyY.uses()).hasSize(1);
    assertThat(loop.regions().get(0).entry().arguments().get(1).uses()).isEmpty();
    assertThat(names(operations)).containsExactly("stablehlo.while", "func.return").inOrder();
  }

  @Test
  void readsBranchesWhoseNamesRepeat() {
    Operation branch =
        only(
            "%0 = \"stablehlo.if\"(%i) ({",
            "  %1 = stablehlo.negate %a : tensor<4xf32>",
            "  stablehlo.return %1 : tensor<4xf32>",
            "}, {",
            "  %1 = stablehlo.abs %b : tensor<4xf32>",
            "  stablehlo.return %1 : tensor<4xf32>",
            "}) {x} : (tensor<i32>) -> tensor<4xf32>");

    assertThat(branch.regions()).hasSize(2);
    assertThat(branch.attributes().has("x")).isTrue();
    assertThat(branch.regions().get(1).entry().label()).isEmpty();
  }

  @Test
  void readsASortWithALabelledBlock() {
    Operation sort =
        only(
            "%0:2 = \"stablehlo.sort\"(%a, %b) <{dimension = 0 : i64, is_stable = true}> ({",
            "^bb0(%x: tensor<f32>, %y: tensor<f32> loc(\"y\"(#loc)), %z: i1, %w: i1):",
            "  %1 = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>",
            "  stablehlo.return %1 : tensor<i1>",
            "}) : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) loc(#loc)");

    Block comparator = sort.regions().get(0).entry();
    assertThat(comparator.label()).isEqualTo("^bb0");
    assertThat(valueNames(comparator.arguments()))
        .containsExactly("%x", "%y", "%z", "%w")
        .inOrder();
    assertThat(sort.attributes().get("is_stable").bool()).isTrue();
    assertThat(sort.attributes().get("dimension").integer()).isEqualTo(0);
  }

  @Test
  void readsACustomCallAndItsSymbols() {
    Operation call =
        only(
            "%0 = stablehlo.custom_call @ns.target(%a) {backend_config = \"\\22q\\22\","
                + " called_computations = [@f, @g::@h], mhlo.backend_config = {x = @i}} :"
                + " (tensor<4xf32>) -> tensor<4xf32>");

    assertThat(call.symbols().stream().map(SymbolReference::name))
        .containsExactly("ns.target", "f", "g", "i")
        .inOrder();
    assertThat(call.attributes().get("backend_config").string()).isEqualTo("\"q\"");
    assertThat(call.callee()).isNull();
  }

  @Test
  void readsACallWithAndWithoutItsDialect() {
    List<Operation> calls =
        body(
            "%0:2 = call @f(%a, %b) : (tensor<4xf32>, tensor<4xf32>) -> (i1, i2)",
            "%1 = func.call @g(%0#1) : (i2) -> i1", "func.return %1 : i1");

    assertThat(names(calls)).containsExactly("func.call", "func.call", "func.return").inOrder();
    assertThat(calls.get(0).callee()).isEqualTo("f");
    assertThat(calls.get(1).callee()).isEqualTo("g");
    assertThat(calls.get(1).operands().get(0)).isSameInstanceAs(calls.get(0).results().get(1));
  }

  @Test
  void readsSeveralResultNames() {
    List<Operation> operations =
        body("%x:2, %y = a.b %a : (tensor<4xf32>) -> (i1, i2, i3)", "c.d %x, %x#1, %y, %y#0");

    List<Value> results = operations.get(0).results();
    assertThat(valueNames(results)).containsExactly("%x#0", "%x#1", "%y").inOrder();
    assertThat(valueTypes(results)).containsExactly("i1", "i2", "i3").inOrder();
    assertThat(operations.get(1).operands())
        .containsExactly(results.get(0), results.get(1), results.get(2), results.get(2))
        .inOrder();
  }

  @Test
  void givesResultsWithoutNamesAPlace() {
    Operation call = only("call @f(%a) : (tensor<4xf32>) -> (i1, i2)");

    assertThat(valueTypes(call.results())).containsExactly("i1", "i2").inOrder();
    assertThat(call.results().get(0).name()).isEmpty();
    assertThat(call.results().get(0).span()).isNull();
  }

  @Test
  void readsAManualComputation() {
    Operation manual =
        only(
            "%0 = sdy.manual_computation(%a) in_shardings=[<@mesh, [{\"x\"}, {}]>]"
                + " out_shardings=[<@mesh, [{}]>] manual_axes={\"x\"} (%arg1: tensor<2xf32>) {",
            "  %1 = stablehlo.add %arg1, %arg1 : tensor<2xf32>",
            "  sdy.return %1 : tensor<2xf32>",
            "} : (tensor<4xf32>) -> tensor<4xf32>");

    assertThat(valueNames(manual.operands())).containsExactly("%a");
    Block block = manual.regions().get(0).entry();
    assertThat(valueTypes(block.arguments())).containsExactly("tensor<2xf32>");
    assertThat(block.arguments().get(0).uses()).hasSize(2);
    assertThat(manual.attributes().get("manual_axes").text()).isEqualTo("{\"x\"}");
    assertThat(manual.symbols()).hasSize(2);
  }

  @Test
  void readsShardingsWithoutNames() {
    List<Operation> operations =
        body(
            "%0 = sdy.sharding_constraint %a <@mesh, [{\"x\", ?}, {}]> : tensor<4xf32>",
            "%1 = sdy.all_reduce {\"x\":(1)2, \"y\"} %0 out_sharding=<@mesh, [{}]> : tensor<4xf32>",
            "return");

    assertThat(names(operations))
        .containsExactly("sdy.sharding_constraint", "sdy.all_reduce", "func.return")
        .inOrder();
    assertThat(operations.get(1).operands()).containsExactly(operations.get(0).results().get(0));
  }

  @Test
  void mayUseANameAgainWhereARegionIsIsolated() {
    Operation start =
        only(
            "%0 = \"stablehlo.async_start\"(%a) ({",
            "^bb0(%a: tensor<4xf32>):",
            "  stablehlo.return %a : tensor<4xf32>",
            "}) : (tensor<4xf32>) -> !stablehlo.future<tensor<4xf32>>");

    Block block = start.regions().get(0).entry();
    assertThat(block.terminator().operands()).containsExactly(block.arguments().get(0));
    assertThat(valueTypes(start.results())).containsExactly("!stablehlo.future<tensor<4xf32>>");
  }

  @Test
  void readsACompositeWhoseNameIsAString() {
    Operation composite =
        only(
            "%0 = stablehlo.composite \"chlo.erf\" %a {decomposition = @erf, version = 1 : i32} :"
                + " (tensor<4xf32>) -> tensor<4xf32>");

    assertThat(composite.operands()).hasSize(1);
    assertThat(composite.symbols().get(0).name()).isEqualTo("erf");
  }

  @Test
  void readsAnOperationWithoutOperandsOnALineOfItsOwn() {
    List<Operation> operations =
        body(
            "%t = stablehlo.create_token : !stablehlo.token",
            "a.nothing",
            "b.nothing {x}",
            "%0 = stablehlo.optimization_barrier %a : tensor<4xf32>",
            "\"c.d\"() : () -> ()",
            "return");

    assertThat(names(operations))
        .containsExactly(
            "stablehlo.create_token",
            "a.nothing",
            "b.nothing",
            "stablehlo.optimization_barrier",
            "c.d",
            "func.return")
        .inOrder();
  }

  @Test
  void readsAnOperationOverSeveralLines() {
    List<Operation> operations =
        body(
            "%0 = stablehlo.concatenate %a,",
            "  %b,",
            "  dim",
            "    = 0",
            "  : (tensor<4xf32>,",
            "     tensor<4xf32>) // the end",
            "  -> tensor<8xf32>",
            "%1 = stablehlo.reduce(%a init: %i) applies",
            "  stablehlo.add across dimensions = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<f32>",
            "return %0",
            "  , %1 : tensor<8xf32>, tensor<f32>");

    assertThat(names(operations))
        .containsExactly("stablehlo.concatenate", "stablehlo.reduce", "func.return")
        .inOrder();
    assertThat(operations.get(2).operands()).hasSize(2);
  }

  @Test
  void readsBlocksAndTheirSuccessors() {
    Region body =
        Programs.function(
                """
                func.func @main(%c: i1, %x: i32) -> i32 {
                  cf.cond_br %c, ^bb1(%x : i32), ^bb2
                ^bb1(%y: i32):
                  "cf.br"(%y)[^bb2] : (i32) -> ()
                ^bb2:  // two predecessors
                  return %x : i32
                }
                """)
            .body();

    assertThat(body.blocks().stream().map(Block::label))
        .containsExactly("", "^bb1", "^bb2")
        .inOrder();
    assertThat(valueNames(body.entry().terminator().operands()))
        .containsExactly("%c", "%x")
        .inOrder();
  }

  @Test
  void readsOperationsOfUnknownDialects() {
    List<Operation> operations =
        body(
            "scf.for %j = %i to %i step %i iter_args(%k = %a) -> (tensor<4xf32>) {",
            "  scf.yield %k : tensor<4xf32>",
            "}",
            "linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>]} ins(%a : tensor<4xf32>)"
                + " outs(%b : tensor<4xf32>) {",
            "^bb0(%in: f32, %out: f32):",
            "  linalg.yield %in : f32",
            "} -> tensor<4xf32>",
            "x.y #attr<$%& ;> !type<~> 1.5e-3 -7 0xFF @s");

    assertThat(names(operations)).containsExactly("scf.for", "linalg.generic", "x.y").inOrder();
    assertThat(valueNames(operations.get(0).regions().get(0).entry().arguments()))
        .containsExactly("%j", "%k")
        .inOrder();
    assertThat(valueNames(operations.get(1).operands())).containsExactly("%a", "%b").inOrder();
  }

  @Test
  void knowsWhereEachOperandIs() {
    Operation add = only("%0 = stablehlo.add %a, %b : tensor<4xf32>");
    int start = add.span().start();

    assertThat(add.operandSpans())
        .containsExactly(new Span(start + 19, start + 21), new Span(start + 23, start + 25))
        .inOrder();
    assertThat(add.nameSpan()).isEqualTo(new Span(start + 5, start + 18));
  }
}
