package org.hlo4j.processor.pipeline.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;

/**
 * Moves in-place calls after other readers of the value that they overwrite, if the readers do not
 * depend on them, and keeps them there with a fence. Otherwise XLA would have to copy the value.
 */
public final class Readers {
  private Readers() {}

  /** Returns the pipeline with in-place calls after the other readers of their inputs. */
  public static Flow first(Flow flow) {
    Renaming renaming = new Renaming();
    List<Step> steps = steps(flow.steps(), renaming);
    return flow.with(steps, renaming);
  }

  private static List<Step> steps(List<Step> steps, Renaming renaming) {
    List<Step> moved = new ArrayList<>();
    for (Step step : steps) {
      moved.add(step instanceof Step.Repeat repeat ? repeat(repeat) : step);
    }
    for (int i = moved.size() - 1; i >= 0; i--) {
      if (moved.get(i) instanceof Step.Run run && !run.callee().inPlace().isEmpty()) {
        move(moved, i, run, renaming);
      }
    }
    return moved;
  }

  private static Step repeat(Step.Repeat repeat) {
    Renaming renaming = new Renaming();
    List<Step> body = steps(repeat.body(), renaming);
    return repeat.with(body, renaming.ofItems(repeat.yields()));
  }

  private static void move(List<Step> steps, int index, Step.Run run, Renaming renaming) {
    Set<FlowValue> taken = new LinkedHashSet<>();
    run.callee().inPlace().forEach(input -> taken.add(run.inputs().get(input)));
    Set<Item> given = new LinkedHashSet<>(run.outputs());
    int last = index;
    Set<FlowValue> readers = new LinkedHashSet<>();
    for (int i = index + 1; i < steps.size(); i++) {
      if (!(steps.get(i) instanceof Step.Run next)
          || next.inputs().stream().anyMatch(given::contains)) {
        break;
      }
      if (next.inputs().stream().anyMatch(taken::contains)) {
        last = i;
        readers.addAll(next.outputs());
      }
    }
    if (last > index) {
      steps.remove(index);
      Set<FlowValue> tied = new LinkedHashSet<>(readers);
      tied.addAll(taken);
      Step.Fence fence = Step.Fence.over(tied, true);
      Renaming behind = new Renaming();
      behind.putAll(fence.inputs(), fence.outputs());
      List<Step> rest = new ArrayList<>(steps.subList(last, steps.size()));
      steps.subList(last, steps.size()).clear();
      steps.add(fence);
      steps.add(behind.uses(run));
      steps.addAll(behind.uses(rest));
      renaming.putAll(fence.inputs(), fence.outputs());
    }
  }
}
