package org.hlo4j.processor.pipeline.plan;

import static com.google.common.truth.Truth.assertThat;
import static org.hlo4j.processor.pipeline.graph.TestCallees.value;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.processor.model.ProgramSignature;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.graph.Fences;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.TestCallees;
import org.hlo4j.processor.pipeline.link.ProgramWriter;
import org.junit.jupiter.api.Test;

/** The signatures of pipelines, which are those that the reader finds in their programs. */
final class FlowSignatureTest {
  private static final Callee NEGATE = TestCallees.unary("negate");

  /** Returns its second input, and a computed value. */
  private static final Callee SECOND =
      TestCallees.of(
          "second",
          """
          func.func @main(%x: tensor<4xf32>, %y: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
            %0 = stablehlo.add %x, %y : tensor<4xf32>
            return %y, %0 : tensor<4xf32>, tensor<4xf32>
          }
          """);

  private final FlowValue x = value("x");
  private final FlowValue y = value("y");
  private final FlowValue a = value("a");
  private final FlowValue b = value("b");

  /** The outputs, which the reader of the written program finds as well. */
  private List<EntryPoint.Output> outputs(List<Step> steps, FlowValue... returned) {
    Flow flow = new Flow(List.of(x, y), steps, List.of(returned));
    List<Integer> aliased = Collections.nCopies(2, -1);
    String program =
        new ProgramWriter(Fences.BARRIERS).write(flow, "pipeline", DeviceCounts.ONE, aliased);
    ProgramSignature read = ProgramSignature.of(EntryPoint.of(MlirReader.read(program)));
    List<EntryPoint.Output> outputs = FlowSignature.of(flow, aliased).outputs();
    for (int i = 0; i < outputs.size(); i++) {
      EntryPoint.Output other = read.outputs().get(i);
      assertThat(outputs.get(i).shape()).isEqualTo(other.shape());
      assertThat(outputs.get(i).forwardedInput()).isEqualTo(other.forwardedInput());
      assertThat(outputs.get(i).sameAs()).isEqualTo(other.sameAs());
    }
    return outputs;
  }

  @Test
  void anInputThatIsReturnedIsForwarded() {
    assertThat(outputs(List.of(), y).get(0).forwardedInput()).isEqualTo(OptionalInt.of(1));
  }

  @Test
  void aCallForwardsWhatItsKernelForwards() {
    Step call = new Step.Run(SECOND, List.of(x, y), List.of(a, b), 1);
    List<EntryPoint.Output> outputs = outputs(List.of(call), a, b);

    assertThat(outputs.get(0).forwardedInput()).isEqualTo(OptionalInt.of(1));
    assertThat(outputs.get(1).forwardedInput()).isEqualTo(OptionalInt.empty());
  }

  @Test
  void aStartedCallForwardsAsWell() {
    Future future = new Future("future", SECOND);
    List<Step> steps =
        List.of(new Step.Start(List.of(x, y), future, 1), new Step.Done(future, List.of(a, b), 2));

    assertThat(outputs(steps, b, a).get(1).forwardedInput()).isEqualTo(OptionalInt.of(1));
  }

  @Test
  void aFenceForwardsItsInputs() {
    Step.Fence fence = Step.Fence.over(List.of(x, y), true);

    assertThat(outputs(List.of(fence), fence.outputs().get(1)).get(0).forwardedInput())
        .isEqualTo(OptionalInt.of(1));
  }

  @Test
  void aValueThatIsReturnedTwiceIsToldSo() {
    Step call = new Step.Run(NEGATE, List.of(x), List.of(a), 1);
    List<EntryPoint.Output> outputs = outputs(List.of(call), a, a);

    assertThat(outputs.get(0).sameAs()).isEqualTo(OptionalInt.empty());
    assertThat(outputs.get(1).sameAs()).isEqualTo(OptionalInt.of(0));
  }

  @Test
  void aLoopForwardsWhatItsRoundsLeaveAsItIs() {
    FlowValue changing = value("changing");
    FlowValue constant = value("constant");
    Step.Repeat loop =
        new Step.Repeat(
            4,
            List.of(x, y),
            List.of(changing, constant),
            List.of(new Step.Run(NEGATE, List.of(changing), List.of(a), 2)),
            List.of(a, constant),
            List.of(b, value("same")),
            1);
    FlowValue same = (FlowValue) loop.results().get(1);
    List<EntryPoint.Output> outputs = outputs(List.of(loop), b, same);

    assertThat(outputs.get(0).forwardedInput()).isEqualTo(OptionalInt.empty());
    assertThat(outputs.get(1).forwardedInput()).isEqualTo(OptionalInt.of(1));
  }

  @Test
  void anInputThatAnOutputReplacesIsDonated() {
    ProgramSignature signature =
        FlowSignature.of(new Flow(List.of(x, y), List.of(), List.of(x, y)), List.of(-1, 0));

    assertThat(signature.inputs().get(0).donated()).isFalse();
    assertThat(signature.inputs().get(1).donated()).isTrue();
    assertThat(signature.inputs().get(1).aliasedOutput()).isEqualTo(OptionalInt.of(0));
  }
}
