package org.hlo4j.processor.pipeline.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.hlo4j.processor.pipeline.graph.Fences;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.TooLongException;

/**
 * The candidate forms of a pipeline, from which the compiler's numbers choose: with loops as
 * written, unrolled by their period, by twice that, and completely if short; each with or without a
 * peeled first round, which saves the copy of an undonated input; and each with fences as barriers
 * or as calls.
 */
public final class Forms {
  /**
   * A candidate form.
   *
   * @param description its difference from the others, such as {@code 2 rounds in one}
   * @param flow the pipeline with this form's loops
   */
  public record FlowForm(String description, Flow flow, Fences fences) {}

  /** Larger programs take XLA too long to compile, and use too much of a cache. */
  private static final long MOST_STEPS = 400;

  private static final String WHOLE = "without a loop";

  private final Flow flow;
  private final Map<Step.Repeat, BufferAssignment.Period> periods = new LinkedHashMap<>();

  /** Creates the forms of a pipeline without futures across loop boundaries, with its fences. */
  public Forms(Flow flow) {
    this.flow = flow;
    for (Step step : Step.all(flow.steps()).toList()) {
      if (step instanceof Step.Repeat repeat) {
        periods.put(repeat, BufferAssignment.of(repeat));
      }
    }
  }

  /** Returns the loops, with their periods. */
  public Map<Step.Repeat, BufferAssignment.Period> loops() {
    return periods;
  }

  /** Returns whether the pipeline is short enough for complete unrolling. */
  public boolean canBeWhole() {
    return Unrolling.size(flow.steps(), 0, Step.Repeat::count) <= MOST_STEPS;
  }

  /** Returns the candidates; of equally good ones, the first is chosen. */
  public List<FlowForm> all() {
    List<FlowForm> forms = new ArrayList<>();
    List<Fences> kinds =
        Step.all(flow.steps()).anyMatch(Step.Fence.class::isInstance)
            ? List.of(Fences.values())
            : List.of(Fences.BARRIERS);
    for (Fences fences : kinds) {
      if (periods.isEmpty()) {
        forms.add(new FlowForm("as written", flow, fences));
        continue;
      }
      unrolled("as written", 0, repeat -> 1, fences).ifPresent(forms::add);
      unrolled("the first round before the loop", 1, repeat -> 1, fences).ifPresent(forms::add);
      for (long times : List.of(1L, 2L)) {
        ToLongFunction<Step.Repeat> rounds = repeat -> times * period(repeat);
        String description = rounds(rounds);
        unrolled(description, 0, rounds, fences).ifPresent(forms::add);
        unrolled(description + ", and the first one before", 1, rounds, fences)
            .ifPresent(forms::add);
      }
      if (canBeWhole()) {
        forms.add(new FlowForm(WHOLE, Unrolling.of(flow, 0, Step.Repeat::count), fences));
      }
    }
    return forms;
  }

  /** Returns the form to use without a compiler, according to the buffer assignment. */
  public FlowForm preferred() {
    if (periods.isEmpty()) {
      return new FlowForm("as written", flow, Fences.BARRIERS);
    }
    ToLongFunction<Step.Repeat> all = this::period;
    ToLongFunction<Step.Repeat> rounds =
        Unrolling.size(flow.steps(), 0, all) <= TooLongException.MOST ? all : repeat -> 1;
    return form(rounds(rounds), Unrolling.of(flow, 0, rounds), Fences.BARRIERS);
  }

  private long period(Step.Repeat repeat) {
    // Nested loops are rewritten first, and differ from those analysed.
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

  /** Returns the form with unrolled loops, unless it is too long. */
  private Optional<FlowForm> unrolled(
      String description, long peeled, ToLongFunction<Step.Repeat> rounds, Fences fences) {
    return Unrolling.size(flow.steps(), peeled, rounds) <= MOST_STEPS
        ? Optional.of(form(description, Unrolling.of(flow, peeled, rounds), fences))
        : Optional.empty();
  }

  private static FlowForm form(String description, Flow flow, Fences fences) {
    boolean loops = flow.steps().stream().anyMatch(Step.Repeat.class::isInstance);
    return new FlowForm(loops ? description : WHOLE, flow, fences);
  }
}
