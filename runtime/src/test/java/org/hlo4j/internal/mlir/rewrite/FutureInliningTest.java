package org.hlo4j.internal.mlir.rewrite;

import static com.google.common.truth.Truth.assertThat;

import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.junit.jupiter.api.Test;

final class FutureInliningTest {
  private static final String PERMUTE =
      "<{source_target_pairs = dense<[[0, 1], [1, 0]]> : tensor<2x2xi64>}>"
          + " : (tensor<4xf32>) -> tensor<4xf32>";

  private static String program(String... lines) {
    return "func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {\n"
        + String.join("\n", lines)
        + "\n}\n";
  }

  @Test
  void theOperationStandsWhereItIsDone() {
    String text =
        program(
            "  %f = \"stablehlo.async_start\"(%x) ({",
            "  ^bb0(%a: tensor<4xf32>):",
            "    %p = \"stablehlo.collective_permute\"(%a) " + PERMUTE,
            "    stablehlo.return %p : tensor<4xf32>",
            "  }) : (tensor<4xf32>) -> !stablehlo.future<tensor<4xf32>>",
            "  %y = stablehlo.add %x, %x : tensor<4xf32>",
            "  %d = \"stablehlo.async_done\"(%f)"
                + " : (!stablehlo.future<tensor<4xf32>>) -> tensor<4xf32>",
            "  %r = stablehlo.add %y, %d : tensor<4xf32>",
            "  return %r : tensor<4xf32>");

    assertThat(FutureInlining.in(text))
        .isEqualTo(
            program(
                "  ",
                "",
                "",
                "",
                "",
                "  %y = stablehlo.add %x, %x : tensor<4xf32>",
                "  %d = \"stablehlo.collective_permute\"(%x) " + PERMUTE,
                "  %r = stablehlo.add %y, %d : tensor<4xf32>",
                "  return %r : tensor<4xf32>"));
  }

  @Test
  void linesBelowStayWhereTheyAreAndRegionsComeAlong() {
    String merged = FutureInlining.in(reduction("%l", "%s", "%y"));

    assertThat(merged)
        .contains(
            "  %d:2 = \"stablehlo.all_reduce\"(%y, %x) <{replica_groups = dense<[[0, 1]]> :"
                + " tensor<1x2xi64>}> ({ ^bb0(%l: tensor<f32>, %m: tensor<f32>): %s ="
                + " stablehlo.add %l, %m : tensor<f32> stablehlo.return %s : tensor<f32> }) :"
                + " (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)\n\n"
                + "  return");
    assertThat(merged.lines().count()).isEqualTo(reduction("%l", "%s", "%y").lines().count());
    assertThat(MlirReader.read(merged).functions()).hasSize(1);
  }

  /** An operation of two results and a region, whose operands change their order. */
  private static String reduction(String left, String sum, String between) {
    return program(
        "  %y = stablehlo.negate %x : tensor<4xf32>",
        "  %f = \"stablehlo.async_start\"(%x, %y) ({",
        "  ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>):",
        "    %p:2 = \"stablehlo.all_reduce\"(%b, %a) <{replica_groups = dense<[[0, 1]]>",
        "        : tensor<1x2xi64>}> ({",
        "    ^bb0(" + left + ": tensor<f32>, %m: tensor<f32>):",
        "      " + sum + " = stablehlo.add " + left + ", %m : tensor<f32>",
        "      stablehlo.return " + sum + " : tensor<f32>",
        "    }) : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)",
        "    stablehlo.return %p#0, %p#1 : tensor<4xf32>, tensor<4xf32>",
        "  }) : (tensor<4xf32>, tensor<4xf32>)",
        "      -> !stablehlo.future<tensor<4xf32>, tensor<4xf32>>",
        "  %z:2 = \"test.two\"(" + between + ") : (tensor<4xf32>) -> (i32, i32)",
        "  %d:2 = \"stablehlo.async_done\"(%f) : (!stablehlo.future<tensor<4xf32>,",
        "      tensor<4xf32>>) -> (tensor<4xf32>, tensor<4xf32>)",
        "  return %d#1 : tensor<4xf32>");
  }

  @Test
  void aNameThatIsTakenMeanwhileKeepsThePairAsItIs() {
    String left = reduction("%z", "%s", "%y");
    String sum = reduction("%l", "%z", "%y");

    assertThat(FutureInlining.in(left)).isEqualTo(left);
    assertThat(FutureInlining.in(sum)).isEqualTo(sum);
  }

  @Test
  void commentsInAnOperationKeepItsLines() {
    String text =
        reduction("%l", "%s", "%y").replace("%m : tensor<f32>", "%m : tensor<f32> // sum");

    String merged = FutureInlining.in(text);

    assertThat(merged).contains("%m : tensor<f32> // sum\n      stablehlo.return %s");
    assertThat(merged).doesNotContain("async");
  }

  @Test
  void futuresInLoopsAreMergedThere() {
    String merged =
        FutureInlining.in(
            program(
                "  %i = stablehlo.constant dense<0> : tensor<i32>",
                "  %w:2 = stablehlo.while(%j = %i, %v = %x) : tensor<i32>, tensor<4xf32> cond {",
                "    %c = stablehlo.constant dense<true> : tensor<i1>",
                "    stablehlo.return %c : tensor<i1>",
                "  } do {",
                "    %f = \"stablehlo.async_start\"(%v) ({",
                "    ^bb0(%a: tensor<4xf32>):",
                "      %p = \"stablehlo.collective_permute\"(%a) " + PERMUTE,
                "      stablehlo.return %p : tensor<4xf32>",
                "    }) : (tensor<4xf32>) -> !stablehlo.future<tensor<4xf32>>",
                "    %d = \"stablehlo.async_done\"(%f)"
                    + " : (!stablehlo.future<tensor<4xf32>>) -> tensor<4xf32>",
                "    stablehlo.return %j, %d : tensor<i32>, tensor<4xf32>",
                "  }",
                "  return %w#1 : tensor<4xf32>"));

    assertThat(merged).contains("    %d = \"stablehlo.collective_permute\"(%v) " + PERMUTE + "\n");
    assertThat(merged).doesNotContain("async");
  }

  @Test
  void whatIsNotOneOperationStaysAsItIs() {
    String nothing = single("stablehlo.return %a : tensor<4xf32>");
    String two =
        single(
            "%p = stablehlo.negate %a : tensor<4xf32>\n    %q = stablehlo.negate %p :"
                + " tensor<4xf32>\n    stablehlo.return %q : tensor<4xf32>");
    String another =
        single("%p = stablehlo.negate %a : tensor<4xf32>\n    stablehlo.return %a : tensor<4xf32>");

    assertThat(FutureInlining.in(nothing)).isEqualTo(nothing);
    assertThat(FutureInlining.in(two)).isEqualTo(two);
    assertThat(FutureInlining.in(another)).isEqualTo(another);
  }

  private static String single(String region) {
    return program(
        "  %f = \"stablehlo.async_start\"(%x) ({",
        "  ^bb0(%a: tensor<4xf32>):",
        "    " + region,
        "  }) : (tensor<4xf32>) -> !stablehlo.future<tensor<4xf32>>",
        "  %d = \"stablehlo.async_done\"(%f)"
            + " : (!stablehlo.future<tensor<4xf32>>) -> tensor<4xf32>",
        "  return %d : tensor<4xf32>");
  }

  @Test
  void aFutureThatIsDoneTwiceOrNeverOrPassedOnStaysAsItIs() {
    String once =
        single("%p = stablehlo.negate %a : tensor<4xf32>\n    stablehlo.return %p : tensor<4xf32>");
    String done =
        once.lines().filter(line -> line.contains("async_done")).findFirst().orElseThrow();
    String twice = once.replace(done, done + "\n" + done.replace("%d", "%e"));
    String never = once.replace(done, "  %d = stablehlo.negate %x : tensor<4xf32>");
    String passed = once.replace(done, "  %d = \"test.pass\"(%f) : " + done.split(" : ", 2)[1]);

    assertThat(FutureInlining.in(once)).doesNotContain("async");
    assertThat(FutureInlining.in(twice)).isEqualTo(twice);
    assertThat(FutureInlining.in(never)).isEqualTo(never);
    assertThat(FutureInlining.in(passed)).isEqualTo(passed);
  }

  @Test
  void aFutureThatIsDoneInAnotherBlockStaysAsItIs() {
    String text =
        program(
            "  %f = \"stablehlo.async_start\"(%x) ({",
            "  ^bb0(%a: tensor<4xf32>):",
            "    %p = \"stablehlo.collective_permute\"(%a) " + PERMUTE,
            "    stablehlo.return %p : tensor<4xf32>",
            "  }) : (tensor<4xf32>) -> !stablehlo.future<tensor<4xf32>>",
            "  %d = \"test.region\"() ({",
            "    %e = \"stablehlo.async_done\"(%f)"
                + " : (!stablehlo.future<tensor<4xf32>>) -> tensor<4xf32>",
            "    stablehlo.return %e : tensor<4xf32>",
            "  }) : () -> tensor<4xf32>",
            "  return %d : tensor<4xf32>");

    assertThat(FutureInlining.in(text)).isEqualTo(text);
  }
}
