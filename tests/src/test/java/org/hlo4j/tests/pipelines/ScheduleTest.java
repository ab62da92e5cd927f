package org.hlo4j.tests.pipelines;

import static com.google.common.truth.Truth.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hlo4j.Executable;
import org.hlo4j.ExecutableStatistics;
import org.hlo4j.KernelMetadata;
import org.hlo4j.Program;
import org.hlo4j.cli.explain.Explanation;
import org.hlo4j.cli.explain.ExplanationText;
import org.hlo4j.examples.ring.RingsKernels;
import org.junit.jupiter.api.Test;

/** What is written between a start and its done stays there: in the text, and in what XLA made. */
final class ScheduleTest {
  private static String program(Class<?> stubs, String name) throws Exception {
    String resource = "%s.%s.mlir".formatted(stubs.getSimpleName(), name);
    try (InputStream in = stubs.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The lines of the main function, without what is not about order. */
  private static List<String> steps(String program) {
    return program
        .lines()
        .map(String::strip)
        .dropWhile(line -> !line.startsWith("func.func public @main"))
        .skip(1)
        .takeWhile(line -> !line.equals("}"))
        .filter(line -> line.startsWith("%") || line.startsWith("return"))
        .toList();
  }

  private static ExecutableStatistics compiled(String program) {
    try (Executable executable = Four.group().compile(Program.of(program, 4, 1))) {
      return executable.statistics();
    }
  }

  @Test
  void aWindowIsClosedByABarrierOverWhatCameAndWhatWasComputed() throws Exception {
    List<String> steps = steps(program(RingsKernels.class, "overlap"));

    assertThat(steps.get(0)).startsWith("%fut = \"stablehlo.async_start\"(%x)");
    assertThat(steps)
        .containsAtLeast(
            "%z = func.call @addOne(%x) : (tensor<4xf32>) -> (tensor<4xf32>)",
            "%y = \"stablehlo.async_done\"(%fut) : (!stablehlo.future<tensor<4xf32>>)"
                + " -> tensor<4xf32>",
            "%y_1:2 = stablehlo.optimization_barrier %y, %z : tensor<4xf32>, tensor<4xf32>",
            "return %y_1#0, %y_1#1 : tensor<4xf32>, tensor<4xf32>")
        .inOrder();
  }

  @Test
  void aWindowIsOpenedByABarrierOnlyIfItsWorkReadsSomethingElse() throws Exception {
    List<String> accumulating = steps(program(RingsKernels.class, "accumulating"));
    String overlap = program(RingsKernels.class, "overlap");

    assertThat(overlap.split("stablehlo.optimization_barrier", -1)).hasLength(2);
    assertThat(accumulating.get(0))
        .isEqualTo(
            "%x_1:2 = stablehlo.optimization_barrier %x, %zero : tensor<4xf32>, tensor<4xf32>");
    assertThat(accumulating.get(1)).startsWith("%fut = \"stablehlo.async_start\"(%x_1#0)");
  }

  @Test
  void nothingIsOrderedWhereNothingIsBetween() throws Exception {
    assertThat(program(RingsKernels.class, "ring")).doesNotContain("optimization_barrier");
    assertThat(program(RingsKernels.class, "ring")).doesNotContain("hlo4j_fence");
  }

  @Test
  void statementsInOrderWaitForEachOther() throws Exception {
    List<String> steps =
        program(OneDeviceKernels.class, "countUp").lines().map(String::strip).toList();

    assertThat(steps)
        .containsAtLeast(
            "%total_4:2 = stablehlo.optimization_barrier %total_3, %x_1#0 : tensor<4xf32>,"
                + " tensor<4xf32>",
            "%total_5 = func.call @accumulate(%total_4#0, %total_4#1) : (tensor<4xf32>,"
                + " tensor<4xf32>) -> (tensor<4xf32>)")
        .inOrder();
  }

  @Test
  void theOrderThatIsKeptAsCallsIsThereInWhatXlaMakes() throws Exception {
    ExecutableStatistics accumulating = compiled(program(RingsKernels.class, "accumulating"));
    ExecutableStatistics overlap = compiled(program(RingsKernels.class, "overlap"));

    assertThat(accumulating.operations()).containsEntry("call", 4);
    assertThat(overlap.operations()).containsEntry("collective-permute", 1);
    // The CPU backend drops barriers, and makes one operation of a start and its done.
    assertThat(overlap.operations()).doesNotContainKey("opt-barrier");
    assertThat(overlap.operations()).doesNotContainKey("collective-permute-start");
  }

  @Test
  void futuresDoNotCrossTheBoundsOfLoops() throws Exception {
    String staggered = program(RingsKernels.class, "staggered");

    assertThat(staggered).contains("stablehlo.while");
    assertThat(
            staggered.lines().filter(line -> line.contains("stablehlo.while")).toList().toString())
        .doesNotContain("future");
    assertThat(staggered.split("async_start", -1)).hasLength(5);
    assertThat(staggered.split("async_done", -1)).hasLength(5);
  }

  @Test
  void theMetadataTellsTheChoice() {
    KernelMetadata ring =
        RingsKernels.metadata().stream()
            .filter(kernel -> kernel.name().endsWith(".ring"))
            .findFirst()
            .orElseThrow();

    assertThat(ring.schedule().get(0))
        .matches(
            "2 rounds in one: XLA copies nothing \\(as written: 128 bytes a call, by 1 copy in"
                + " a loop\\); \\d+ forms were tried");
    assertThat(ring.schedule())
        .containsAtLeast(
            "start permute in line 2: split into start and done",
            "repeat in line 1: 2 buffers, in place again after 2 rounds")
        .inOrder();
  }

  @Test
  void explainTellsTheChoice() throws Exception {
    Program ring = Program.of(program(RingsKernels.class, "ring"));

    String text = ExplanationText.beforeCompiling(Explanation.of(ring, false));

    assertThat(text).contains("The pipeline org.hlo4j.examples.ring.Rings.ring, 2 rounds in one.");
    assertThat(text).contains("repeat in line 1: 2 buffers, in place again after 2 rounds.");
  }
}
