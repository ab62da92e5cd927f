package org.hlo4j.processor.pipeline.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Reads;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.syntax.Statement;

/** Creates the fences between the statements of an ordered block. */
final class Orders {
  private Orders() {}

  /** Returns a fence that makes the values read by a statement wait for those that steps define. */
  static Optional<Step> between(List<Step> first, Statement next, NameScope scope) {
    Set<FlowValue> values = new LinkedHashSet<>();
    for (Step step : first) {
      addValues(Reads.definedBy(step), values);
    }
    if (values.isEmpty()) {
      addValues(Reads.of(first), values);
    }
    values.addAll(scope.valuesOf(Mentions.used(next)));
    values.removeAll(scope.undefined());
    if (values.size() < 2) {
      return Optional.empty();
    }
    Step.Fence fence = Step.Fence.over(values, true);
    Renaming renaming = new Renaming();
    renaming.putAll(fence.inputs(), fence.outputs());
    scope.rename(renaming);
    return Optional.of(fence);
  }

  private static void addValues(Iterable<? extends Item> items, Set<FlowValue> values) {
    for (Item item : items) {
      if (item instanceof FlowValue value) {
        values.add(value);
      }
    }
  }
}
