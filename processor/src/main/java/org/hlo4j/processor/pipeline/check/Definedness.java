package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.LoopRounds;
import org.hlo4j.processor.pipeline.graph.Reads;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.TooLongException;

/**
 * Handles Refs without a value before a loop that writes them before reading them, since
 * StableHLO's loops require initial values. If nothing reads such a Ref after the loop, the loop
 * does not carry it; otherwise the first round is peeled, and defines it.
 */
record Definedness(Set<FlowValue> undefined) {
  /** Returns the same pipeline with initial values for all loops. */
  static Flow of(Flow flow, Set<FlowValue> undefined) throws TooLongException {
    Set<Item> after = new LinkedHashSet<>(flow.outputs());
    Renaming renaming = new Renaming();
    List<Step> steps = new Definedness(undefined).steps(flow.steps(), after, renaming);
    return flow.with(renaming.uses(steps), renaming);
  }

  private List<Step> steps(List<Step> steps, Set<Item> readAfter, Renaming renaming)
      throws TooLongException {
    List<Step> defined = new ArrayList<>();
    Set<Item> read = new LinkedHashSet<>(readAfter);
    for (Step step : steps.reversed()) {
      List<Step> now =
          step instanceof Step.Repeat repeat ? repeat(repeat, read, renaming) : List.of(step);
      now.forEach(part -> read.addAll(Reads.of(part)));
      defined.addAll(0, now);
    }
    return defined;
  }

  private List<Step> repeat(Step.Repeat repeat, Set<Item> readAfter, Renaming renaming)
      throws TooLongException {
    Step.Repeat kept = withoutUnread(repeat, readAfter);
    List<Step> body = steps(kept.body(), new LinkedHashSet<>(kept.yields()), renaming);
    Step.Repeat inner = kept.with(renaming.uses(body), renaming.ofItems(kept.yields()));
    if (inner.initial().stream().noneMatch(undefined::contains)) {
      return List.of(inner);
    }
    TooLongException.check(inner.body(), inner.line());
    LoopRounds first = LoopRounds.of(inner, inner.initial(), 1);
    List<Step> peeled = new ArrayList<>(first.steps());
    if (inner.count() == 1) {
      renaming.putAll(inner.results(), first.last());
      return peeled;
    }
    peeled.add(
        new Step.Repeat(
            inner.count() - 1,
            first.last(),
            inner.parameters(),
            inner.body(),
            inner.yields(),
            inner.results(),
            inner.line()));
    return peeled;
  }

  private Step.Repeat withoutUnread(Step.Repeat repeat, Set<Item> readAfter) {
    return repeat.carrying(
        i ->
            !undefined.contains(repeat.initial().get(i))
                || readAfter.contains(repeat.results().get(i)));
  }
}
