package org.hlo4j.processor.pipeline.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.LoopRounds;
import org.hlo4j.processor.pipeline.graph.Reads;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.TooLongException;

/**
 * Rewrites loops that carry futures, which StableHLO does not allow. If each round ends the calls
 * of the previous one before it starts its own, there is a point in the round with nothing in
 * flight. The loop is cut there: each new round goes from one such point to the next, the steps
 * before the first precede the loop, and those after the last follow it. If there is no such point,
 * the futures are lowered.
 */
public final class Rotation {
  private final Renaming renaming = new Renaming();

  private Rotation() {}

  /**
   * A pipeline whose loops carry no futures.
   *
   * @param lowered the lines of loops with lowered futures, whose rounds do not overlap
   */
  public record Rotated(Flow flow, List<Integer> lowered) {
    public Rotated {
      lowered = List.copyOf(lowered);
    }
  }

  /** Thrown for a loop with calls in flight at each point of its round. */
  private static final class Uncut extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Step.Repeat repeat;

    Uncut(Step.Repeat repeat) {
      super("No point of the round is without futures", null, false, false);
      this.repeat = repeat;
    }
  }

  /**
   * Returns the pipeline with its loops rewritten.
   *
   * @throws TooLongException if nested loops make it too long
   */
  public static Rotated of(Flow flow) throws TooLongException {
    Flow now = flow;
    List<Integer> lowered = new ArrayList<>();
    while (true) {
      Rotation rotation = new Rotation();
      try {
        List<Step> steps = rotation.steps(now.steps());
        return new Rotated(now.with(rotation.renaming.uses(steps), rotation.renaming), lowered);
      } catch (Uncut uncut) {
        lowered.add(uncut.repeat.line());
        now = withoutFuturesOver(now, uncut.repeat.line());
      }
    }
  }

  /** Lowers the futures carried by the loops of a line, including derived ones. */
  private static Flow withoutFuturesOver(Flow flow, int line) {
    Set<Future> family = new LinkedHashSet<>();
    int before;
    do {
      before = family.size();
      collect(flow.steps(), line, family);
    } while (family.size() > before);
    return FutureLowering.of(flow, family::contains);
  }

  private static void collect(List<Step> steps, int line, Set<Future> family) {
    for (Step step : Step.all(steps).toList()) {
      if (step instanceof Step.Repeat repeat) {
        for (int i = 0; i < repeat.parameters().size(); i++) {
          if (repeat.parameters().get(i) instanceof Future) {
            List<Future> together =
                List.of(
                    (Future) repeat.initial().get(i),
                    (Future) repeat.parameters().get(i),
                    (Future) repeat.yields().get(i),
                    (Future) repeat.results().get(i));
            if (repeat.line() == line || together.stream().anyMatch(family::contains)) {
              family.addAll(together);
            }
          }
        }
      }
    }
  }

  private List<Step> steps(List<Step> steps) throws Uncut, TooLongException {
    List<Step> rotated = new ArrayList<>();
    for (Step step : steps) {
      if (renaming.uses(step) instanceof Step.Repeat repeat) {
        rotated.addAll(repeat(repeat));
      } else {
        rotated.add(renaming.uses(step));
      }
    }
    return rotated;
  }

  private List<Step> repeat(Step.Repeat repeat) throws Uncut, TooLongException {
    List<Step> body = steps(repeat.body());
    Step.Repeat inner = repeat.with(body, renaming.ofItems(repeat.yields()));
    boolean carriesFutures = inner.parameters().stream().anyMatch(Future.class::isInstance);
    return carriesFutures ? rotate(inner) : List.of(inner);
  }

  private List<Step> rotate(Step.Repeat repeat) throws Uncut, TooLongException {
    TooLongException.check(repeat.body(), repeat.line());
    int cut = cut(repeat);
    List<Step> head = repeat.body().subList(0, cut);
    List<Step> tail = repeat.body().subList(cut, repeat.body().size());
    List<Item> state = state(repeat, head, tail);

    Renaming first = new Renaming();
    first.putAll(repeat.parameters(), repeat.initial());
    List<Step> steps = new ArrayList<>(first.copy(head));
    List<Item> entry = first.ofItems(state);

    Step.Repeat rest = rest(repeat, head, tail, state, entry);
    List<Item> exit = rest.results();
    if (rest.count() > 1) {
      steps.add(rest);
    } else {
      LoopRounds rounds = LoopRounds.of(rest, entry, rest.count());
      steps.addAll(rounds.steps());
      exit = rounds.last();
    }

    Renaming last = new Renaming();
    last.putAll(state, exit);
    steps.addAll(last.copy(tail));
    renaming.putAll(repeat.results(), last.ofItems(repeat.yields()));
    return steps;
  }

  /** Returns the loop from one cut to the next. */
  private static Step.Repeat rest(
      Step.Repeat repeat, List<Step> head, List<Step> tail, List<Item> state, List<Item> entry) {
    List<Item> parameters = state.stream().map(Item::fresh).toList();
    Renaming behind = new Renaming();
    behind.putAll(state, parameters);
    List<Step> body = new ArrayList<>(behind.copy(tail));
    Renaming before = new Renaming();
    before.putAll(repeat.parameters(), behind.ofItems(repeat.yields()));
    body.addAll(before.copy(head));
    List<Item> yields = before.ofItems(state);
    List<Item> results = parameters.stream().map(Item::fresh).toList();
    return new Step.Repeat(
        repeat.count() - 1, entry, parameters, body, yields, results, repeat.line());
  }

  /** Returns the items that are live at the cut. */
  private static List<Item> state(Step.Repeat repeat, List<Step> head, List<Step> tail) {
    Set<Item> defined = new LinkedHashSet<>(repeat.parameters());
    head.forEach(step -> defined.addAll(Reads.definedBy(step)));
    Set<Item> read = new LinkedHashSet<>(Reads.of(tail));
    read.addAll(repeat.yields());
    List<Item> state = new ArrayList<>(defined);
    state.removeIf(item -> !read.contains(item));
    return state;
  }

  /** Returns the first point of the round with nothing in flight. */
  private static int cut(Step.Repeat repeat) throws Uncut {
    Set<Item> inFlight = new LinkedHashSet<>();
    for (Item parameter : repeat.parameters()) {
      if (parameter instanceof Future) {
        inFlight.add(parameter);
      }
    }
    for (int i = 0; i < repeat.body().size(); i++) {
      if (inFlight.isEmpty()) {
        return i;
      }
      Step step = repeat.body().get(i);
      inFlight.removeAll(Reads.of(step));
      Reads.definedBy(step).stream().filter(Future.class::isInstance).forEach(inFlight::add);
    }
    if (inFlight.isEmpty()) {
      return repeat.body().size();
    }
    throw new Uncut(repeat);
  }
}
