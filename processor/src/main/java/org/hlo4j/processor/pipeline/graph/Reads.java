package org.hlo4j.processor.pipeline.graph;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The items that steps read and define. */
public final class Reads {
  private Reads() {}

  /** Returns the items that steps read and do not define themselves, also in loops. */
  public static Set<Item> of(Collection<Step> steps) {
    Set<Item> read = new LinkedHashSet<>();
    Set<Item> defined = new LinkedHashSet<>();
    steps.forEach(step -> collect(step, read, defined));
    read.removeAll(defined);
    return read;
  }

  public static Set<Item> of(Step step) {
    return of(List.of(step));
  }

  /** Returns the items that a step defines for later ones. */
  public static List<? extends Item> definedBy(Step step) {
    return switch (step) {
      case Step.Run run -> run.outputs();
      case Step.Start start -> List.of(start.future());
      case Step.Done done -> done.outputs();
      case Step.Repeat repeat -> repeat.results();
      case Step.Fence fence -> fence.outputs();
    };
  }

  private static void collect(Step step, Set<Item> read, Set<Item> defined) {
    switch (step) {
      case Step.Run run -> read.addAll(run.inputs());
      case Step.Start start -> read.addAll(start.inputs());
      case Step.Done done -> read.add(done.future());
      case Step.Fence fence -> read.addAll(fence.inputs());
      case Step.Repeat repeat -> {
        read.addAll(repeat.initial());
        defined.addAll(repeat.parameters());
        repeat.body().forEach(inner -> collect(inner, read, defined));
        read.addAll(repeat.yields());
      }
    }
    defined.addAll(definedBy(step));
  }
}
