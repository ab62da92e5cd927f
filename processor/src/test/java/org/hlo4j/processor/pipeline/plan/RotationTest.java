package org.hlo4j.processor.pipeline.plan;

import static com.google.common.truth.Truth.assertThat;
import static org.hlo4j.processor.pipeline.graph.TestCallees.value;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.TestCallees;
import org.hlo4j.processor.pipeline.graph.TooLongException;
import org.junit.jupiter.api.Test;

/** Loops that carry futures, and those that they become. */
final class RotationTest {
  private static final Callee F = TestCallees.unary("f");
  private static final int LINE = 7;

  private final FlowValue x = value("x");
  private final FlowValue z = value("z");
  private final Future first = new Future("first", F);
  private final Future carried = new Future("carried", F);
  private final Future next = new Future("next", F);
  private final Future last = new Future("last", F);

  /** A pipeline that starts a call, carries it through a loop, and ends the last one. */
  private Flow carrying(long count, List<Step> body) {
    return new Flow(
        List.of(x),
        List.of(
            new Step.Start(List.of(x), first, 1),
            new Step.Repeat(
                count, List.of(first), List.of(carried), body, List.of(next), List.of(last), LINE),
            new Step.Done(last, List.of(z), 9)),
        List.of(z));
  }

  /** A round that ends the call of the one before it, and then starts its own. */
  private List<Step> endingFirst() {
    FlowValue y = value("y");
    return List.of(new Step.Done(carried, List.of(y), 8), new Step.Start(List.of(y), next, 8));
  }

  private static List<Step.Repeat> loops(Flow flow) {
    List<Step.Repeat> loops = new ArrayList<>();
    for (Step step : flow.steps()) {
      if (step instanceof Step.Repeat repeat) {
        loops.add(repeat);
      }
    }
    return loops;
  }

  /** How many steps of a kind run. */
  private static long runs(List<Step> steps, Class<? extends Step> kind) {
    long runs = 0;
    for (Step step : steps) {
      if (step instanceof Step.Repeat repeat) {
        runs += repeat.count() * runs(repeat.body(), kind);
      } else if (kind.isInstance(step)) {
        runs++;
      }
    }
    return runs;
  }

  @Test
  void theLoopIsCutWhereNothingIsInFlight() throws TooLongException {
    Flow flow = carrying(4, endingFirst());
    Rotation.Rotated rotated = Rotation.of(flow);

    assertThat(rotated.lowered()).isEmpty();
    Step.Repeat loop = loops(rotated.flow()).get(0);
    assertThat(loop.count()).isEqualTo(3);
    assertThat(loop.parameters()).hasSize(1);
    assertThat(loop.parameters().get(0)).isInstanceOf(FlowValue.class);
    assertThat(loop.body().get(0)).isInstanceOf(Step.Start.class);
    assertThat(loop.body().get(1)).isInstanceOf(Step.Done.class);
  }

  @Test
  void asManyCallsRunAsBefore() throws TooLongException {
    Flow flow = carrying(4, endingFirst());
    List<Step> rotated = Rotation.of(flow).flow().steps();

    assertThat(runs(rotated, Step.Start.class)).isEqualTo(runs(flow.steps(), Step.Start.class));
    assertThat(runs(rotated, Step.Done.class)).isEqualTo(runs(flow.steps(), Step.Done.class));
  }

  @Test
  void oneRoundThatIsLeftNeedsNoLoop() throws TooLongException {
    Flow rotated = Rotation.of(carrying(2, endingFirst())).flow();

    assertThat(loops(rotated)).isEmpty();
    assertThat(runs(rotated.steps(), Step.Start.class)).isEqualTo(3);
  }

  @Test
  void futuresAreLoweredWhereSomethingIsAlwaysInFlight() throws TooLongException {
    FlowValue y = value("y");
    List<Step> startingFirst =
        List.of(new Step.Start(List.of(x), next, 8), new Step.Done(carried, List.of(y), 8));
    Rotation.Rotated rotated = Rotation.of(carrying(4, startingFirst));

    assertThat(rotated.lowered()).containsExactly(LINE);
    assertThat(runs(rotated.flow().steps(), Step.Start.class)).isEqualTo(0);
    assertThat(runs(rotated.flow().steps(), Step.Done.class)).isEqualTo(0);
    assertThat(runs(rotated.flow().steps(), Step.Run.class)).isEqualTo(5);
    for (Item parameter : loops(rotated.flow()).get(0).parameters()) {
      assertThat(parameter).isInstanceOf(FlowValue.class);
    }
  }

  @Test
  void aLoopWithoutFuturesStaysAsItIs() throws TooLongException {
    FlowValue parameter = value("p");
    FlowValue y = value("y");
    Step.Repeat repeat =
        new Step.Repeat(
            4,
            List.of(x),
            List.of(parameter),
            List.of(new Step.Run(F, List.of(parameter), List.of(y), 8)),
            List.of(y),
            List.of(z),
            LINE);

    assertThat(Rotation.of(new Flow(List.of(x), List.of(repeat), List.of(z))).flow().steps())
        .containsExactly(repeat);
  }

  @Test
  void aRoundThatIsTooLongIsRefused() {
    List<Step> body = new ArrayList<>(endingFirst());
    body.addAll(
        Collections.nCopies(
            TooLongException.MOST, new Step.Run(F, List.of(x), List.of(value("y")), 8)));
    TooLongException refusal =
        assertThrows(TooLongException.class, () -> Rotation.of(carrying(4, body)));

    assertThat(refusal.line()).isEqualTo(LINE);
  }
}
