package org.hlo4j.processor.pipeline.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;

/**
 * Replaces started calls by plain calls, and their futures by the outputs. This is valid for any
 * pipeline, but loses the overlap.
 */
public final class FutureLowering {
  private final Predicate<Future> which;
  private final Map<Future, List<FlowValue>> lowered = new HashMap<>();
  private final Renaming renaming = new Renaming();

  private FutureLowering(Predicate<Future> which) {
    this.which = which;
  }

  /** Returns the pipeline without the matching futures. */
  public static Flow of(Flow flow, Predicate<Future> which) {
    FutureLowering lowering = new FutureLowering(which);
    List<Step> steps = lowering.steps(flow.steps());
    return flow.with(lowering.renaming.uses(steps), lowering.renaming);
  }

  private List<FlowValue> valuesOf(Future future) {
    return lowered.computeIfAbsent(
        future,
        unused ->
            future.callee().outputs().stream()
                .map(output -> new FlowValue(future.name(), output.shape()))
                .toList());
  }

  private List<Step> steps(List<Step> steps) {
    List<Step> results = new ArrayList<>();
    for (Step step : steps) {
      switch (step) {
        case Step.Start start -> results.add(start(start));
        case Step.Done done -> {
          if (which.test(done.future())) {
            renaming.putAll(done.outputs(), valuesOf(done.future()));
          } else {
            results.add(done);
          }
        }
        case Step.Repeat repeat ->
            results.add(
                new Step.Repeat(
                    repeat.count(),
                    items(repeat.initial()),
                    items(repeat.parameters()),
                    steps(repeat.body()),
                    items(repeat.yields()),
                    items(repeat.results()),
                    repeat.line()));
        case Step.Run run -> results.add(run);
        case Step.Fence fence -> results.add(fence);
      }
    }
    return results;
  }

  private Step start(Step.Start start) {
    Future future = start.future();
    return which.test(future)
        ? new Step.Run(future.callee(), start.inputs(), valuesOf(future), start.line())
        : start;
  }

  private List<Item> items(List<Item> items) {
    List<Item> expanded = new ArrayList<>();
    for (Item item : items) {
      if (item instanceof Future future && which.test(future)) {
        expanded.addAll(valuesOf(future));
      } else {
        expanded.add(item);
      }
    }
    return expanded;
  }
}
