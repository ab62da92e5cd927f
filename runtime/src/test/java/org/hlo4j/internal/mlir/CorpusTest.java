package org.hlo4j.internal.mlir;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Block;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.Type;
import org.hlo4j.internal.mlir.model.Use;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that JAX exported, against what their makers and MLIR itself say of them. */
@NullUnmarked
final class CorpusTest {
  /** What is known of a program. */
  record Expected(
      String name, List<String> inputs, List<String> outputs, Map<String, Integer> operations) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Expected> programs() {
    List<Expected> programs = new ArrayList<>();
    for (String line : Programs.resource("expectations.txt").split("\n", -1)) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "program" ->
            programs.add(
                new Expected(words[1], new ArrayList<>(), new ArrayList<>(), new TreeMap<>()));
        case "in" -> programs.get(programs.size() - 1).inputs().add(words[1]);
        case "out" -> programs.get(programs.size() - 1).outputs().add(words[1]);
        case "op" -> {
          String[] count = words[1].split(" ", 2);
          programs.get(programs.size() - 1).operations().put(count[0], Integer.parseInt(count[1]));
        }
        default -> assertThat(line).matches("|#.*");
      }
    }
    return programs.stream();
  }

  private static MlirModule read(Expected program) {
    return MlirReader.read(Programs.resource(program.name() + ".mlir"));
  }

  @Test
  void holdsAllPrograms() {
    assertThat(programs()).hasSize(44);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void hasItsSignature(Expected program) {
    Function main = read(program).function("main");

    List<String> inputs = new ArrayList<>();
    for (FunctionArgument argument : main.arguments()) {
      Attribute aliasing = argument.attributes().get("tf.aliasing_output");
      boolean donated = aliasing != null || argument.attributes().has("jax.buffer_donor");
      inputs.add(
          argument.type()
              + (donated ? " donated" : "")
              + (aliasing == null ? "" : " " + aliasing.integer()));
    }
    assertThat(inputs).isEqualTo(program.inputs());
    assertThat(main.resultTypes().stream().map(Type::text).toList()).isEqualTo(program.outputs());
  }

  @ParameterizedTest
  @MethodSource("programs")
  void hasTheOperationsThatMlirCounts(Expected program) {
    Map<String, Integer> counts = new TreeMap<>();
    read(program).operations().forEach(operation -> count(operation, counts));

    assertThat(counts).isEqualTo(program.operations());
  }

  private static void count(Operation operation, Map<String, Integer> counts) {
    counts.merge(operation.name(), 1, Integer::sum);
    if (!operation.is("stablehlo.reduce")) {
      for (Region region : operation.regions()) {
        for (Block block : region.blocks()) {
          block.operations().forEach(inner -> count(inner, counts));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void agreesOnTypesWhereTheyMeet(Expected program) {
    MlirModule module = read(program);
    for (Operation operation : Programs.all(module)) {
      for (Value result : operation.results()) {
        assertWithMessage("%s of %s", result, operation).that(result.type()).isNotNull();
      }
      for (int i = 0; i < operation.operandTypes().size(); i++) {
        assertWithMessage("operand %s of %s", i, operation)
            .that(operation.operands().get(i).type())
            .isEqualTo(operation.operandTypes().get(i));
      }
      if (operation.is("func.call")) {
        Function callee = module.function(operation.callee());
        assertThat(operation.operandTypes()).isEqualTo(callee.argumentTypes());
        assertThat(operation.results().stream().map(Value::type).toList())
            .isEqualTo(callee.resultTypes());
      }
    }
    for (Function function : module.functions()) {
      assertThat(function.returnOperation().operands().stream().map(Value::type).toList())
          .isEqualTo(function.resultTypes());
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void connectsUsesAndDefinitions(Expected program) {
    MlirModule module = read(program);
    int uses = 0;
    int operands = 0;
    for (Operation operation : Programs.all(module)) {
      for (int i = 0; i < operation.operands().size(); i++) {
        Value operand = operation.operands().get(i);
        assertThat(operand.uses()).contains(new Use(operation, i));
        assertThat(operand.isArgument()).isEqualTo(operand.definition() == null);
        assertThat(module.source().slice(operation.operandSpans().get(i)))
            .isAnyOf(operand.name(), operand.name().replace("#0", ""));
      }
      operands += operation.operands().size();
      for (Value result : operation.results()) {
        uses += result.uses().size();
      }
      for (Region region : operation.regions()) {
        for (Value argument : region.entry().arguments()) {
          uses += argument.uses().size();
        }
      }
    }
    assertThat(uses).isEqualTo(operands);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void readsTheSameWhateverTheLineEnds(Expected program) {
    String text = Programs.resource(program.name() + ".mlir");
    String expected = Outline.of(MlirReader.read(text));

    assertThat(Outline.of(MlirReader.read(Outline.withGaps(text, " ")))).isEqualTo(expected);
    assertThat(Outline.of(MlirReader.read(Outline.withGaps(text, "\n")))).isEqualTo(expected);
  }
}
