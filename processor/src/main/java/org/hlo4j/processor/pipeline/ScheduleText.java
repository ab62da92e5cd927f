package org.hlo4j.processor.pipeline;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.plan.BufferAssignment;
import org.hlo4j.processor.pipeline.plan.Forms;
import org.hlo4j.processor.pipeline.plan.Rotation;

/** Describes how a pipeline's starts and loops were compiled, for its metadata. */
final class ScheduleText {
  private ScheduleText() {}

  static List<String> of(Flow flow, Rotation.Rotated rotated, Forms forms) {
    Set<String> lines = new LinkedHashSet<>();
    Set<Integer> told = new HashSet<>();
    for (Step step : Step.all(flow.steps()).toList()) {
      if (step instanceof Step.Start start) {
        lines.add(start(start));
      }
    }
    for (int line : rotated.lowered()) {
      String why =
          "each round starts calls before those of the previous round are done, so no call is"
              + " carried from one round to the next";
      lines.add("repeat in line %s: %s".formatted(line, why));
    }
    for (Map.Entry<Step.Repeat, BufferAssignment.Period> loop : forms.loops().entrySet()) {
      int line = loop.getKey().line();
      if (told.add(line)) {
        lines.add("repeat in line %s: %s".formatted(line, buffers(loop.getValue())));
      }
    }
    return List.copyOf(lines);
  }

  private static String buffers(BufferAssignment.Period period) {
    if (period.rounds() == 0) {
      return period.why();
    }
    String buffers = period.buffers() == 1 ? "1 buffer" : period.buffers() + " buffers";
    String rounds = period.rounds() == 1 ? "each round" : period.rounds() + " rounds";
    return "%s, in place again after %s".formatted(buffers, rounds);
  }

  private static String start(Step.Start start) {
    Callee callee = start.future().callee();
    boolean isSplit = callee.split().isPresent();
    String how = isSplit ? "split into start and done" : "not split, since " + callee.whole();
    return "start %s in line %s: %s".formatted(callee, start.line(), how);
  }
}
