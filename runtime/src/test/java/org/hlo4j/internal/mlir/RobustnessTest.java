package org.hlo4j.internal.mlir;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.rewrite.AliasPlan;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.internal.mlir.text.MlirSyntaxException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text: a module or a syntax error. {@link MutantTest} has more of it. */
@NullUnmarked
final class RobustnessTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "#a = [",
        "#a = {x = ",
        "!t = tuple<",
        "!t = () -> (",
        "module attributes {x = (",
        "module { ",
        "func.func @f() { a.b { c.d ",
        "func.func @f() { \"a.b\"() ({ ",
        "func.func @f(%x: i1) { a.b (%x: i1) { ",
        "func.func @f() { a.b loc(",
        "{-# {",
        "%a, ",
        "#a = <",
        "@a::",
        "^bb("
      })
  void neverOverflowsTheStack(String unit) {
    int space = unit.lastIndexOf(' ', unit.length() - 2);
    String head = unit.substring(0, space + 1);
    String repeated = unit.substring(space + 1);
    for (String text :
        List.of(unit.repeat(50_000), head + repeated.repeat(100_000), head + unit.repeat(50_000))) {
      MlirSyntaxException refused =
          assertThrows(MlirSyntaxException.class, () -> MlirReader.read(text));
      assertThat(refused.problem()).isNotEmpty();
    }
  }

  @Test
  void refusesRegionsThatAreNestedTooDeep() {
    String text = "func.func @f() {" + "\"a.b\"() ({".repeat(300) + "})".repeat(300) + "}";

    MlirSyntaxException e = assertThrows(MlirSyntaxException.class, () -> MlirReader.read(text));

    assertThat(e.problem()).isEqualTo("regions or types are nested more than 256 deep");
  }

  @Test
  void readsRegionsThatAreNestedDeep() {
    String text =
        "func.func @f() {" + "\"a.b\"() ({\n".repeat(200) + "}) : () -> ()".repeat(200) + "}";

    assertThat(Programs.all(MlirReader.read(text))).hasSize(201);
  }

  @Test
  void readsDeeplyNestedAttributes() {
    String text = "module attributes {x = " + "[".repeat(10_000) + "]".repeat(10_000) + "} {}";

    assertThat(MlirReader.read(text).attributes().get("x").integers()).isEmpty();
  }

  /** The times that it prints grow as the texts do. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10})
  void readsMegabytesOfOperations(int megabytes) {
    StringBuilder text = new StringBuilder("func.func @main(%v0: tensor<4xf32>) {\n");
    int count = 0;
    while (text.length() < megabytes * 1_000_000) {
      text.append("  %v").append(count + 1).append(" = stablehlo.add %v").append(count);
      text.append(", %v0 : tensor<4xf32>\n");
      count++;
    }
    text.append("  return\n}\n");

    MlirModule module = timed(text.toString());

    assertThat(module.function("main").body().entry().operations()).hasSize(count + 1);
    long start = System.nanoTime();
    AliasPlan plan = AliasPlan.of(module, EntryPoint.of(module));
    System.out.printf(
        Locale.ROOT, "planned it in %d ms%n", (System.nanoTime() - start) / 1_000_000);
    assertThat(plan.text()).isEqualTo(text.toString());
  }

  @Test
  void readsAConstantOfTenMegabytes() {
    String hexadecimal =
        "func.func @main() {\n  %c = stablehlo.constant dense<\"0x"
            + "0123456789ABCDEF".repeat(625_000)
            + "\"> : tensor<5000000xui8>\n  return\n}\n";
    String list =
        "func.func @main() {\n  %c = stablehlo.constant dense<["
            + "1, ".repeat(3_000_000)
            + "1]> : tensor<3000001xi32>\n  return\n}\n";

    Operation constant = timed(hexadecimal).function("main").body().entry().operations().get(0);
    assertThat(constant.attributes().get("value").bytes()).hasLength(5_000_000);
    timed(list);
  }

  @Test
  void readsAReturnOfManyValues() {
    String text = "func.func @main(%x: i1) { return " + "%x, ".repeat(500_000) + "%x }";

    assertThat(timed(text).function("main").returnOperation().operands()).hasSize(500_001);
  }

  private static MlirModule timed(String text) {
    long start = System.nanoTime();
    MlirModule module = MlirReader.read(text);
    System.out.printf(
        Locale.ROOT,
        "read %d characters in %d ms%n",
        text.length(),
        (System.nanoTime() - start) / 1_000_000);
    return module;
  }
}
