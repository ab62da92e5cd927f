package org.hlo4j.processor.pipeline.plan;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;

/** Removes the fences of a pipeline. */
public final class FenceRemoval {
  private FenceRemoval() {}

  /** Returns the pipeline ordered only by its data flow. */
  public static Flow without(Flow flow) {
    Renaming renaming = new Renaming();
    List<Step> steps = without(flow.steps(), renaming);
    return flow.with(steps, renaming);
  }

  private static List<Step> without(List<Step> steps, Renaming renaming) {
    List<Step> rest = new ArrayList<>();
    for (Step step : steps) {
      switch (step) {
        case Step.Fence fence -> renaming.putAll(fence.outputs(), fence.inputs());
        case Step.Repeat repeat -> {
          List<Step> body = without(repeat.body(), renaming);
          rest.add(renaming.uses(repeat.with(body, repeat.yields())));
        }
        case Step.Run run -> rest.add(renaming.uses(run));
        case Step.Start start -> rest.add(renaming.uses(start));
        case Step.Done done -> rest.add(renaming.uses(done));
      }
    }
    return rest;
  }
}
