package org.hlo4j.processor.pipeline.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.syntax.Name;
import org.hlo4j.processor.pipeline.syntax.Statement;

/**
 * Checks loops, and records their steps and loop-carried values.
 *
 * @param body checks the statements of a loop's body
 */
record LoopChecker(BodyCheck body, StepRecorder steps, NameScope scope) {
  /** The longest period: more rounds would make the loop's body too long. */
  private static final long LONGEST_PERIOD = 8;

  /** The most rounds that are unrolled completely if the period is too long. */
  private static final long LONGEST_WHOLE = 32;

  /** Checks the statements of a body, in order. */
  @FunctionalInterface
  interface BodyCheck {
    /**
     * Checks statements. Reports an invalid statement, and continues with the next one.
     *
     * @throws Rejection if the rest must not be checked
     */
    void check(List<Statement> statements) throws Rejection;
  }

  void repeat(Statement.Repeat repeat) throws Rejection {
    if (repeat.count() < 1) {
      throw new Refusal(Message.NO_ROUNDS, repeat.span(), repeat.count());
    }
    CarriedNames names = new CarriedNames(scope);
    for (Name name : repeat.carried()) {
      names.checkCarried(name);
    }
    if (repeat.counter().isPresent()) {
      names.checkCounter(repeat.counter().get());
    }
    long period = period(repeat);
    long rounds = repeat.count() / period;
    if (rounds > 1) {
      loop(repeat, rounds, period);
    } else if (rounds == 1) {
      straight(repeat, period);
    }
    straight(repeat, repeat.count() % period);
  }

  /** Returns the number of rounds after which counter-indexed Refs repeat. */
  private long period(Statement.Repeat repeat) throws Refusal {
    long period = 1;
    if (repeat.counter().isPresent()) {
      Map<String, Integer> own = Mentions.slots(repeat.body());
      for (String name : Mentions.indexedBy(repeat.counter().get(), repeat.body())) {
        int slots =
            scope.get(name) instanceof Binding.Ref ref
                ? ref.slots().size()
                : own.getOrDefault(name, 1);
        period = leastCommonMultiple(period, slots);
      }
    }
    if (period > LONGEST_PERIOD && repeat.count() <= LONGEST_WHOLE) {
      return repeat.count();
    }
    if (period > LONGEST_PERIOD) {
      String why = "its variables return to their slots only after %s rounds".formatted(period);
      throw new Refusal(Message.CANNOT_DOUBLE_BUFFER, repeat.span(), why, LONGEST_PERIOD);
    }
    return period;
  }

  private static long leastCommonMultiple(long one, long other) {
    long multiple = one;
    while (multiple % other != 0) {
      multiple += one;
    }
    return multiple;
  }

  /** Checks rounds one after another, without a loop. */
  private void straight(Statement.Repeat repeat, long rounds) throws Rejection {
    if (rounds == 0) {
      return;
    }
    Map<String, Binding> before = bindings(repeat.carried());
    scope.enterLoop();
    try {
      relevel(repeat.carried());
      rounds(repeat, rounds);
    } finally {
      scope.leaveLoop();
    }
    relevel(repeat.carried());
    new CarriedNames(scope).checkSame(repeat.carried(), before);
  }

  /** Moves carried futures to the current loop depth. */
  private void relevel(List<Name> carried) {
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Pending pending) {
        InFlightCall call = pending.call();
        scope.replace(
            name.text(), call, call.seen(call.future(), scope.loopDepth(), new Renaming()));
      }
    }
  }

  private Map<String, Binding> bindings(List<Name> names) {
    Map<String, Binding> bindings = new LinkedHashMap<>();
    for (Name name : names) {
      bindings.put(name.text(), scope.get(name.text()));
    }
    return bindings;
  }

  private void rounds(Statement.Repeat repeat, long rounds) throws Rejection {
    for (long round = 0; round < rounds; round++) {
      round(repeat, round);
    }
  }

  /** Checks one round, and then removes its names except for carried ones. */
  private void round(Statement.Repeat repeat, long round) throws Rejection {
    Set<String> own = Mentions.assigned(repeat.body());
    repeat.carried().forEach(name -> own.remove(name.text()));
    Binding.Gone gone = new Binding.Gone(Message.NOT_CARRIED, steps.line(repeat.span()));
    for (String name : own) {
      hide(name, gone);
    }
    repeat.counter().ifPresent(name -> scope.put(name.text(), new Binding.Counter(round)));
    body.check(repeat.body());
    for (String name : own) {
      if (scope.get(name) instanceof Binding.Pending pending) {
        scope.remove(pending.call());
        scope.put(name, new Binding.Broken());
        throw pending.call().neverDone(name);
      }
      scope.put(name, gone);
    }
    repeat.counter().ifPresent(name -> scope.put(name.text(), gone));
  }

  /** Hides a name that a round assigns, so that its earlier value is not read. */
  private void hide(String name, Binding.Gone gone) {
    Binding known = scope.get(name);
    if (known instanceof Binding.Pending || known instanceof Binding.Ref) {
      return; // Assigning to it is refused where it is written.
    }
    if (!(known instanceof Binding.Nothing)) {
      scope.put(name, gone);
    }
  }

  private void loop(Statement.Repeat repeat, long rounds, long period) throws Rejection {
    Map<String, Binding> before = bindings(repeat.carried());
    LoopItems items = new LoopItems(scope, repeat.carried());
    List<Step> round;
    scope.enterLoop();
    try {
      items.enter();
      steps.open();
      try {
        rounds(repeat, period);
      } finally {
        round = steps.close();
      }
      new CarriedNames(scope).checkSame(repeat.carried(), before);
    } finally {
      scope.leaveLoop();
    }
    items.leave();
    forgetFences(round);
    steps.add(items.loop(rounds, round, steps.line(repeat.span())));
  }

  /** Reverts the loop's fence renaming of values that the loop does not carry. */
  private void forgetFences(List<Step> round) {
    Renaming back = new Renaming();
    for (Step step : round) {
      if (step instanceof Step.Fence fence) {
        back.putAll(fence.outputs(), fence.inputs());
      }
    }
    scope.rename(back);
  }
}
