package org.hlo4j.processor.pipeline.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.LoopRounds;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;

/** Unrolls loops, with the remaining rounds beside them. */
final class Unrolling {
  private final long peeled;
  private final ToLongFunction<Step.Repeat> roundsInOne;
  private final Renaming renaming = new Renaming();

  private Unrolling(long peeled, ToLongFunction<Step.Repeat> roundsInOne) {
    this.peeled = peeled;
    this.roundsInOne = roundsInOne;
  }

  /**
   * Returns the pipeline with its loops unrolled.
   *
   * @param peeled the number of rounds before each loop
   * @param roundsInOne the unroll factor of a loop
   */
  static Flow of(Flow flow, long peeled, ToLongFunction<Step.Repeat> roundsInOne) {
    Unrolling unrolling = new Unrolling(peeled, roundsInOne);
    List<Step> steps = unrolling.steps(flow.steps());
    return flow.with(steps, unrolling.renaming);
  }

  /** Returns the number of steps after unrolling; at most {@code Long.MAX_VALUE}. */
  static long size(List<Step> steps, long peeled, ToLongFunction<Step.Repeat> roundsInOne) {
    double size = 0;
    for (Step step : steps) {
      size += step instanceof Step.Repeat repeat ? size(repeat, peeled, roundsInOne) : 1;
    }
    return (long) size;
  }

  private static double size(
      Step.Repeat repeat, long peeled, ToLongFunction<Step.Repeat> roundsInOne) {
    double body = size(repeat.body(), peeled, roundsInOne);
    long inOne = roundsInOne.applyAsLong(repeat);
    long before = Math.min(peeled, repeat.count());
    long beside = (repeat.count() - before) % inOne;
    boolean isLoop = (repeat.count() - before) / inOne >= 2;
    return isLoop ? 1 + body * (before + inOne + beside) : body * repeat.count();
  }

  private List<Step> steps(List<Step> steps) {
    List<Step> unrolled = new ArrayList<>();
    for (Step step : steps) {
      Step now = renaming.uses(step);
      if (now instanceof Step.Repeat repeat) {
        unrolled.addAll(repeat(repeat));
      } else {
        unrolled.add(now);
      }
    }
    return unrolled;
  }

  private List<Step> repeat(Step.Repeat repeat) {
    long inOne = roundsInOne.applyAsLong(repeat);
    List<Step> body = steps(repeat.body());
    Step.Repeat inner = repeat.with(body, renaming.ofItems(repeat.yields()));
    long before = Math.min(peeled, inner.count());
    long loops = (inner.count() - before) / inOne;
    if (loops < 2) {
      return straight(inner);
    }
    LoopRounds first = LoopRounds.of(inner, inner.initial(), before);
    List<Step> steps = new ArrayList<>(first.steps());
    List<Item> parameters = inner.parameters().stream().map(Item::fresh).toList();
    LoopRounds one = LoopRounds.of(inner, parameters, inOne);
    List<Item> results = inner.results().stream().map(Item::fresh).toList();
    Renaming constants = new Renaming();
    Step.Repeat loop =
        new Step.Repeat(
                loops, first.last(), parameters, one.steps(), one.last(), results, inner.line())
            .withoutConstants(constants);
    if (!loop.parameters().isEmpty()) {
      steps.add(loop);
    }
    LoopRounds rest =
        LoopRounds.of(inner, constants.ofItems(results), (inner.count() - before) % inOne);
    steps.addAll(rest.steps());
    renaming.putAll(inner.results(), rest.last());
    return steps;
  }

  private List<Step> straight(Step.Repeat repeat) {
    LoopRounds all = LoopRounds.of(repeat, repeat.initial(), repeat.count());
    renaming.putAll(repeat.results(), all.last());
    return all.steps();
  }
}
