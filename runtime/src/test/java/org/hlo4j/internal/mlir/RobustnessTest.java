package org.hlo4j.internal.mlir;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the text: an answer or a syntax error, soon. */
@NullUnmarked
final class RobustnessTest {
  private static final int MUTANTS_PER_PROGRAM = 150;
  private static final String ALPHABET = "%@#!^(){}[]<>=:,-\".?x0 \n\\/abc\u00e9\u0000";

  @Test
  void answersOrRefusesWhateverHappensToAProgram() {
    Random random = new Random(42);
    int accepted = 0;
    int refused = 0;
    for (CorpusTest.Expected program : CorpusTest.programs().toList()) {
      String text = Programs.resource(program.name() + ".mlir");
      // A window keeps the large programs from taking all of the time.
      text = text.substring(0, Math.min(text.length(), 6000));
      for (int i = 0; i < MUTANTS_PER_PROGRAM; i++) {
        String mutant = mutate(text, random);
        try {
          readEverything(MlirReader.read(mutant));
          accepted++;
        } catch (MlirSyntaxException e) {
          assertThat(e.line()).isAtLeast(1);
          assertThat(e.column()).isAtLeast(1);
          refused++;
        } catch (RuntimeException | StackOverflowError e) {
          throw new AssertionError("on " + mutant, e);
        }
      }
    }
    assertThat(accepted + refused).isEqualTo(44 * MUTANTS_PER_PROGRAM);
    assertThat(refused).isGreaterThan(accepted);
  }

  private static void readEverything(MlirModule module) {
    Outline.of(module);
    for (Operation operation : Programs.all(module)) {
      for (Attribute attribute : operation.attributes()) {
        attribute.integer();
        attribute.bool();
        attribute.string();
        attribute.symbol();
        attribute.integers();
        attribute.bytes();
        try {
          attribute.dictionary();
          attribute.dictionaries();
        } catch (MlirSyntaxException e) {
          assertThat(e.offset()).isAtLeast(operation.span().start());
        }
      }
    }
  }

  private static String mutate(String text, Random random) {
    StringBuilder out = new StringBuilder(text);
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && !out.isEmpty(); i++) {
      int start = random.nextInt(out.length());
      int end = Math.min(out.length(), start + 1 + random.nextInt(30));
      switch (random.nextInt(5)) {
        case 0 -> out.delete(start, end);
        case 1 -> out.insert(random.nextInt(out.length()), out.substring(start, end));
        case 2 -> out.setCharAt(start, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        case 3 -> out.setLength(start);
        default -> {
          String span = out.substring(start, end);
          out.replace(start, end, new StringBuilder(span).reverse().toString());
        }
      }
    }
    return out.toString();
  }

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
      assertTimeoutPreemptively(
          Duration.ofSeconds(60),
          () -> assertThrows(MlirSyntaxException.class, () -> MlirReader.read(text)));
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

  @Test
  void readsTenMegabytesOfOperations() {
    int count = 180_000;
    StringBuilder text = new StringBuilder("func.func @main(%v0: tensor<4xf32>) {\n");
    for (int i = 0; i < count; i++) {
      text.append("  %v").append(i + 1).append(" = stablehlo.add %v").append(i);
      text.append(", %v0 : tensor<4xf32>\n");
    }
    text.append("  return\n}\n");

    assertThat(timed(text.toString()).function("main").body().entry().operations())
        .hasSize(count + 1);
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
        "read %d characters in %d ms%n", text.length(), (System.nanoTime() - start) / 1_000_000);
    return module;
  }
}
