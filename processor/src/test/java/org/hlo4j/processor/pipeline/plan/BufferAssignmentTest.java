package org.hlo4j.processor.pipeline.plan;

import static com.google.common.truth.Truth.assertThat;
import static org.hlo4j.processor.pipeline.graph.TestCallees.value;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.TestCallees;
import org.hlo4j.type.Shape;
import org.junit.jupiter.api.Test;

/** The rounds after which the buffers of loops are in place again. */
final class BufferAssignmentTest {
  private static final Callee F = TestCallees.unary("f");

  private final FlowValue x = value("x");
  private final FlowValue y = value("y");

  private static BufferAssignment.Period period(
      List<FlowValue> parameters, List<Step> body, List<FlowValue> yields) {
    List<Item> outside = List.copyOf(parameters.stream().map(FlowValue::fresh).toList());
    return BufferAssignment.of(
        new Step.Repeat(
            100,
            outside,
            List.copyOf(parameters),
            body,
            List.copyOf(yields),
            List.copyOf(parameters.stream().map(FlowValue::fresh).toList()),
            1));
  }

  @Test
  void aCallOverwritesAnInputThatNothingReadsLater() {
    Step call = new Step.Run(F, List.of(x), List.of(y), 1);

    assertThat(period(List.of(x), List.of(call), List.of(y)))
        .isEqualTo(new BufferAssignment.Period(1, 1, ""));
  }

  @Test
  void aCallInFlightKeepsItsInput() {
    Future future = new Future("future", F);
    List<Step> body =
        List.of(new Step.Start(List.of(x), future, 1), new Step.Done(future, List.of(y), 1));

    assertThat(period(List.of(x), body, List.of(y)))
        .isEqualTo(new BufferAssignment.Period(2, 2, ""));
  }

  @Test
  void anInputThatIsReadLaterKeepsItsBuffer() {
    FlowValue z = value("z");
    List<Step> body =
        List.of(
            new Step.Run(F, List.of(x), List.of(y), 1), new Step.Run(F, List.of(x), List.of(z), 2));

    assertThat(period(List.of(x), body, List.of(y)).rounds()).isEqualTo(2);
  }

  @Test
  void valuesThatAreSwappedAreInPlaceAfterTwoRounds() {
    assertThat(period(List.of(x, y), List.of(), List.of(y, x)))
        .isEqualTo(new BufferAssignment.Period(2, 2, ""));
  }

  @Test
  void aFenceMovesNothing() {
    Step.Fence fence = Step.Fence.over(List.of(x, y), true);

    assertThat(period(List.of(x, y), List.of(fence), fence.outputs()).rounds()).isEqualTo(1);
  }

  @Test
  void valuesThatCycleAreInPlaceAfterAsManyRoundsAsThereAre() {
    List<FlowValue> values = values(BufferAssignment.LONGEST);

    assertThat(period(values, List.of(), cycled(values)).rounds())
        .isEqualTo(BufferAssignment.LONGEST);
  }

  @Test
  void aLongerCycleHasNoPeriod() {
    List<FlowValue> values = values(BufferAssignment.LONGEST + 1);
    BufferAssignment.Period period = period(values, List.of(), cycled(values));

    assertThat(period.rounds()).isEqualTo(0);
    assertThat(period.why()).contains("only after more than 8 rounds");
  }

  @Test
  void aValueThatIsYieldedTwiceHasNoPeriod() {
    BufferAssignment.Period period = period(List.of(x, y), List.of(), List.of(x, x));

    assertThat(period.rounds()).isEqualTo(0);
    assertThat(period.why()).isEqualTo("x and y become one value, x");
  }

  @Test
  void aValueFromOutsideHasNoPeriod() {
    BufferAssignment.Period period = period(List.of(x), List.of(), List.of(value("outer")));

    assertThat(period.rounds()).isEqualTo(0);
    assertThat(period.why()).isEqualTo("x becomes outer, which is defined outside of the loop");
  }

  @Test
  void aValueOfAnotherSizeGetsAnotherBuffer() {
    Callee widening =
        TestCallees.of(
            "widen",
            """
            func.func @main(%x: tensor<4xf32>) -> tensor<8xf32> {
              %0 = stablehlo.concatenate %x, %x, dim = 0
                : (tensor<4xf32>, tensor<4xf32>) -> tensor<8xf32>
              return %0 : tensor<8xf32>
            }
            """);
    FlowValue wide = new FlowValue("wide", Shape.parse("tensor<8xf32>"));
    Step call = new Step.Run(widening, List.of(x), List.of(wide), 1);

    assertThat(period(List.of(x, y), List.of(call), List.of(x, y)).buffers()).isEqualTo(3);
  }

  private static List<FlowValue> values(int count) {
    List<FlowValue> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(value("v" + i));
    }
    return values;
  }

  private static List<FlowValue> cycled(List<FlowValue> values) {
    List<FlowValue> cycled = new ArrayList<>(values.subList(1, values.size()));
    cycled.add(values.get(0));
    return cycled;
  }
}
