package org.hlo4j.processor.pipeline.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Reads;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;

/**
 * Keeps the work between a start and its done in place. At the start, a fence ties the inputs of
 * the started call to the values that the work reads; at the end, another ties the call's results
 * to those of the work. All later readers use the fences' outputs, so that XLA need not copy a
 * value for a reader. Empty windows need no fence.
 */
public final class Windows {
  private Windows() {}

  /** Returns a pipeline without futures across loop boundaries, with fences. */
  public static Flow of(Flow flow) {
    Renaming renaming = new Renaming();
    List<Step> steps = steps(flow.steps(), flow.outputs(), renaming);
    return flow.with(steps, renaming);
  }

  /**
   * Returns the steps with fences.
   *
   * @param results the values read at the end
   * @param renaming records the replacements at the end
   */
  private static List<Step> steps(
      List<Step> steps, List<? extends Item> results, Renaming renaming) {
    List<Step> rest = new ArrayList<>(steps);
    List<Step> fenced = new ArrayList<>();
    List<Closing> open = new ArrayList<>();
    while (!rest.isEmpty()) {
      Step step = renaming.uses(rest.remove(0));
      switch (step) {
        case Step.Start start -> {
          Closing closing = Closing.of(start, rest);
          if (closing.isEmpty()) {
            fenced.add(start);
          } else {
            open(start, closing, fenced, renaming);
            open.add(closing);
          }
        }
        case Step.Done done -> {
          fenced.add(done);
          for (Closing closing : open) {
            if (closing.future.equals(done.future())) {
              close(done, closing, rest, results, fenced, renaming);
            }
          }
        }
        case Step.Repeat repeat -> fenced.add(repeat(repeat));
        case Step.Run run -> fenced.add(run);
        case Step.Fence fence -> fenced.add(fence);
      }
    }
    return fenced;
  }

  private static Step repeat(Step.Repeat repeat) {
    Renaming renaming = new Renaming();
    List<Step> body = steps(repeat.body(), repeat.yields(), renaming);
    return repeat.with(body, renaming.ofItems(repeat.yields()));
  }

  /** The work of a window, and the future that closes it. */
  private record Closing(Future future, List<Step> between) {
    boolean isEmpty() {
      return between.stream().allMatch(Step.Fence.class::isInstance);
    }

    static Closing of(Step.Start start, List<Step> rest) {
      List<Step> between = new ArrayList<>();
      for (Step step : rest) {
        if (step instanceof Step.Done done && done.future().equals(start.future())) {
          return new Closing(start.future(), between);
        }
        between.add(step);
      }
      // The checker rejects futures that are neither carried nor done.
      throw new IllegalStateException(start.future() + " is never done");
    }
  }

  private static void open(
      Step.Start start, Closing closing, List<Step> fenced, Renaming renaming) {
    Set<FlowValue> values = new LinkedHashSet<>(start.inputs());
    for (Item item : Reads.of(closing.between)) {
      if (renaming.of(item) instanceof FlowValue value) {
        values.add(value);
      }
    }
    if (values.size() < 2) {
      fenced.add(start);
      return;
    }
    fenced.add(fence(values, false, renaming));
    fenced.add(renaming.uses(start));
  }

  private static void close(
      Step.Done done,
      Closing closing,
      List<Step> rest,
      List<? extends Item> results,
      List<Step> fenced,
      Renaming renaming) {
    Set<Item> readLater = new LinkedHashSet<>(results);
    readLater.addAll(Reads.of(rest));
    Set<FlowValue> values = new LinkedHashSet<>();
    for (FlowValue output : done.outputs()) {
      if (readLater.contains(output)) {
        values.add(output);
      }
    }
    if (values.isEmpty()) {
      return;
    }
    for (Step step : closing.between) {
      for (Item item : Reads.definedBy(step)) {
        if (item instanceof FlowValue value && readLater.contains(value)) {
          values.add(renaming.of(value));
        }
      }
    }
    if (values.size() > 1) {
      fenced.add(fence(values, true, renaming));
    }
  }

  private static Step fence(Set<FlowValue> values, boolean isKept, Renaming renaming) {
    Step.Fence fence = Step.Fence.over(values, isKept);
    renaming.putAll(fence.inputs(), fence.outputs());
    return fence;
  }
}
