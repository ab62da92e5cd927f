package org.hlo4j.processor.pipeline.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.Length;
import org.hlo4j.processor.pipeline.graph.Step;

/**
 * The ways to write a pipeline from which the compiler's own numbers choose: with loops as written,
 * with as many rounds in one as bring the buffers back, with twice as many, and without loops while
 * that is short; each with or without the first round before the loop, which spares an input that
 * is not donated its copy; and each with fences as barriers or as calls.
 */
public final class Forms {
  /** A program of more steps takes XLA long to compile, and a cache much to keep. */
  private static final long MOST_STEPS = 400;

  private static final String WHOLE = "without a loop";

  private final Flow flow;
  private final Map<Step.Repeat, BufferAssignment.Period> periods = new LinkedHashMap<>();

  private Forms(Flow flow) {
    this.flow = flow;
    collect(flow.steps());
  }

  /** The forms of a pipeline without futures over the bounds of loops, with its fences. */
  public static Forms of(Flow flow) {
    return new Forms(flow);
  }

  private void collect(List<Step> steps) {
    for (Step step : steps) {
      if (step instanceof Step.Repeat repeat) {
        periods.put(repeat, BufferAssignment.of(repeat));
        collect(repeat.body());
      }
    }
  }

  /** The loops, with the number of rounds after which their buffers are in place. */
  public Map<Step.Repeat, BufferAssignment.Period> loops() {
    return periods;
  }

  /** Whether the pipeline is short enough to be written without loops. */
  public boolean canBeWhole() {
    return Unrolling.sizeWithoutLoops(flow.steps()) <= MOST_STEPS;
  }

  /** Hands over the forms to choose from; of several that are equally good, the first counts. */
  public void all(FormSink forms) {
    for (boolean isKept :
        FenceRemoval.areIn(flow.steps()) ? List.of(false, true) : List.of(false)) {
      if (periods.isEmpty()) {
        forms.accept("as written", flow, isKept);
        continue;
      }
      loops("as written", 0, repeat -> 1, isKept, forms);
      loops("the first round before the loop", 1, repeat -> 1, isKept, forms);
      for (long times : List.of(1L, 2L)) {
        ToLongFunction<Step.Repeat> rounds = repeat -> times * period(repeat);
        String description = rounds(rounds);
        loops(description, 0, rounds, isKept, forms);
        loops(description + ", and the first one before", 1, rounds, isKept, forms);
      }
      if (canBeWhole()) {
        Flow whole = Unrolling.of(flow, 0, Step.Repeat::count);
        forms.accept(WHOLE, whole, isKept);
      }
    }
  }

  /** Hands over the form to take without a compiler, which follows the buffers' assignment. */
  public void preferred(FormSink form) {
    if (periods.isEmpty()) {
      form.accept("as written", flow, false);
      return;
    }
    ToLongFunction<Step.Repeat> all = this::period;
    ToLongFunction<Step.Repeat> rounds =
        Unrolling.size(flow.steps(), 0, all) <= Length.MOST ? all : repeat -> 1;
    Flow unrolled = Unrolling.of(flow, 0, rounds);
    form.accept(described(rounds(rounds), unrolled), unrolled, false);
  }

  private long period(Step.Repeat repeat) {
    // Loops in loops are rewritten first, and are not the ones that were looked at.
    BufferAssignment.Period known = periods.get(repeat);
    return Math.max(1, (known == null ? BufferAssignment.of(repeat) : known).rounds());
  }

  private String rounds(ToLongFunction<Step.Repeat> rounds) {
    List<String> numbers = new ArrayList<>();
    for (Step.Repeat repeat : periods.keySet()) {
      numbers.add(Long.toString(rounds.applyAsLong(repeat)));
    }
    Set<String> different = new LinkedHashSet<>(numbers);
    String number = String.join(" and ", different.size() == 1 ? different : numbers);
    return number.equals("1") ? "as written" : number + " rounds in one";
  }

  private void loops(
      String description,
      long peeled,
      ToLongFunction<Step.Repeat> rounds,
      boolean isKept,
      FormSink forms) {
    if (Unrolling.size(flow.steps(), peeled, rounds) <= MOST_STEPS) {
      Flow unrolled = Unrolling.of(flow, peeled, rounds);
      forms.accept(described(description, unrolled), unrolled, isKept);
    }
  }

  private static String described(String description, Flow flow) {
    boolean loops = flow.steps().stream().anyMatch(Step.Repeat.class::isInstance);
    return loops ? description : WHOLE;
  }
}
