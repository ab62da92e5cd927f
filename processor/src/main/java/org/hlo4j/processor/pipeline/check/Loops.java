package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.model.Structure;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.Value;
import org.hlo4j.processor.pipeline.syntax.Name;
import org.hlo4j.processor.pipeline.syntax.Statement;

/** Loops: what a round gets from the one before it. */
final class Loops {
  /** More rounds than that would make one round of the program too long. */
  private static final long LONGEST_PERIOD = 8;

  /** As many rounds may be written one after the other, where a loop of several cannot be. */
  private static final long LONGEST_WHOLE = 32;

  private final PipelineChecker checker;
  private final Scope scope;
  private final Calls calls;

  Loops(PipelineChecker checker, Scope scope, Calls calls) {
    this.checker = checker;
    this.scope = scope;
    this.calls = calls;
  }

  void repeat(Statement.Repeat repeat) {
    if (repeat.count() < 1) {
      throw new Refusal(Message.NO_ROUNDS, repeat.span(), repeat.count());
    }
    for (Name name : repeat.carried()) {
      checkCarried(name);
    }
    repeat.counter().ifPresent(this::checkCounter);
    long period = period(repeat);
    long rounds = repeat.count() / period;
    if (rounds > 1) {
      loop(repeat, rounds, period);
    } else if (rounds == 1) {
      straight(repeat, period);
    }
    straight(repeat, repeat.count() % period);
  }

  private void checkCarried(Name name) {
    switch (scope.get(name.text())) {
      case Binding.Tensors unused -> {
        // What loops are for.
      }
      case Binding.Pending unused -> {
        // The round gets it done, and starts the next.
      }
      case Binding.Variable unused -> throw new Refusal(Message.REF_CARRIED, name.span(), name);
      case Binding.Broken unused -> throw new SilentRefusal();
      case Binding.Gone gone -> throw new Refusal(gone.why(), name.span(), name, gone.line());
      case Binding.Ended ended -> throw Resolver.ended(name, ended);
      case Binding.Counter unused -> throw Resolver.counter(name);
      case Binding.Nothing unused -> throw new Refusal(Message.NOTHING_TO_CARRY, name.span(), name);
    }
  }

  private void checkCounter(Name name) {
    switch (scope.get(name.text())) {
      case Binding.Nothing unused -> {
        // Free.
      }
      case Binding.Gone unused -> {
        // The counter of another loop, or something else that nobody can see any longer.
      }
      case Binding.Ended unused -> {
        // No future any longer.
      }
      case Binding.Broken unused -> throw new SilentRefusal();
      default -> throw new Refusal(Message.COUNTER_ASSIGNED, name.span(), name);
    }
  }

  /** After how many rounds the variables that are indexed by the counter are in their places. */
  private long period(Statement.Repeat repeat) {
    long period = 1;
    if (repeat.counter().isPresent()) {
      Map<String, Integer> own = Mentions.slots(repeat.body());
      for (String name : Mentions.indexedBy(repeat.counter().get(), repeat.body())) {
        int slots =
            scope.get(name) instanceof Binding.Variable variable
                ? variable.slots().size()
                : own.getOrDefault(name, 1);
        period = leastCommonMultiple(period, slots);
      }
    }
    if (period > LONGEST_PERIOD && repeat.count() <= LONGEST_WHOLE) {
      return repeat.count();
    }
    if (period > LONGEST_PERIOD) {
      throw new Refusal(
          Message.CANNOT_DOUBLE_BUFFER,
          repeat.span(),
          "its variables come back to their places only after %d rounds".formatted(period),
          LONGEST_PERIOD);
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

  /** Rounds one after the other, without a loop. */
  private void straight(Statement.Repeat repeat, long rounds) {
    if (rounds == 0) {
      return;
    }
    Map<String, Binding> before = bindings(repeat.carried());
    calls.enterLoop();
    try {
      relevel(repeat.carried());
      rounds(repeat, rounds);
    } finally {
      calls.leaveLoop();
    }
    relevel(repeat.carried());
    for (Name name : repeat.carried()) {
      checkSame(name, Objects.requireNonNull(before.get(name.text())));
    }
  }

  /** Futures that are carried belong to the round now, or to what is around it. */
  private void relevel(List<Name> carried) {
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Pending pending) {
        Flight flight = pending.flight();
        replace(
            name,
            flight,
            flight.seen(flight.future(), calls.level(), flight.inputs(), flight.givenAway()));
      }
    }
  }

  private void replace(Name name, Flight flight, Flight carried) {
    scope.land(flight);
    scope.takeOff(carried);
    scope.put(name.text(), new Binding.Pending(carried));
  }

  private Map<String, Binding> bindings(List<Name> names) {
    Map<String, Binding> bindings = new LinkedHashMap<>();
    for (Name name : names) {
      bindings.put(name.text(), scope.get(name.text()));
    }
    return bindings;
  }

  private void rounds(Statement.Repeat repeat, long rounds) {
    for (long round = 0; round < rounds; round++) {
      round(repeat, round);
    }
  }

  /** One round, whose names are forgotten after it, but for those that are carried. */
  private void round(Statement.Repeat repeat, long round) {
    Set<String> own = Mentions.assigned(repeat.body());
    repeat.carried().forEach(name -> own.remove(name.text()));
    Binding.Gone gone = new Binding.Gone(Message.NOT_CARRIED, checker.line(repeat.span()));
    for (String name : own) {
      hide(name, gone);
    }
    repeat.counter().ifPresent(name -> scope.put(name.text(), new Binding.Counter(round)));
    checker.statements(repeat.body());
    for (String name : own) {
      if (scope.get(name) instanceof Binding.Pending pending) {
        scope.land(pending.flight());
        scope.put(name, new Binding.Broken());
        throw PipelineChecker.neverDone(name, pending.flight());
      }
      scope.put(name, gone);
    }
    repeat.counter().ifPresent(name -> scope.put(name.text(), gone));
  }

  /** What is there already must not be read before the round has given it another value. */
  private void hide(String name, Binding.Gone gone) {
    Binding known = scope.get(name);
    if (known instanceof Binding.Pending || known instanceof Binding.Variable) {
      return; // Assigning to it is refused where it is written.
    }
    if (!(known instanceof Binding.Nothing)) {
      scope.put(name, gone);
    }
  }

  /** The parts of a loop, as they come together. */
  private static final class Parts {
    private final List<Item> initial = new ArrayList<>();
    private final List<Item> parameters = new ArrayList<>();
    private final List<Item> yields = new ArrayList<>();
    private final List<Item> results = new ArrayList<>();
  }

  private void loop(Statement.Repeat repeat, long rounds, long period) {
    Map<String, Binding> before = bindings(repeat.carried());
    List<Cell> cells = scope.cells();
    Parts parts = new Parts();
    List<Step> body;
    calls.enterLoop();
    try {
      enter(repeat.carried(), cells, parts);
      body = checker.aside(() -> rounds(repeat, period));
      for (Name name : repeat.carried()) {
        checkSame(name, Objects.requireNonNull(before.get(name.text())));
      }
    } finally {
      calls.leaveLoop();
    }
    leave(repeat.carried(), cells, parts);
    forgetFences(body);
    addLoop(rounds, parts, body, checker.line(repeat.span()));
  }

  /** Makes what the loop does not carry stand for what it was before fences in the loop. */
  private void forgetFences(List<Step> body) {
    Renaming back = new Renaming();
    for (Step step : body) {
      if (step instanceof Step.Fence fence) {
        back.putAll(fence.outputs(), fence.inputs());
      }
    }
    scope.rename(back);
  }

  /** Makes the names and variables stand for the loop's parameters. */
  private void enter(List<Name> carried, List<Cell> cells, Parts parts) {
    Renaming values = new Renaming();
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Tensors tensors) {
        List<Value> fresh = tensors.values().stream().map(Value::fresh).toList();
        parts.initial.addAll(tensors.values());
        parts.parameters.addAll(fresh);
        values.putAll(tensors.values(), fresh);
        scope.put(name.text(), new Binding.Tensors(tensors.structure(), fresh));
      }
    }
    for (Cell cell : cells) {
      Value fresh = cell.value().fresh();
      if (checker.isUndefined(cell.value())) {
        checker.markUndefined(fresh);
      }
      parts.initial.add(cell.value());
      parts.parameters.add(fresh);
      values.put(cell.value(), fresh);
      cell.set(fresh);
    }
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Pending pending) {
        Flight flight = pending.flight();
        Future fresh = flight.future().fresh();
        parts.initial.add(flight.future());
        parts.parameters.add(fresh);
        replace(
            name,
            flight,
            flight.carried(
                fresh,
                calls.level(),
                values.ofValues(flight.inputs()),
                values.ofValues(flight.givenAway())));
      }
    }
  }

  /** Makes the names and variables stand for the loop's results. */
  private void leave(List<Name> carried, List<Cell> cells, Parts parts) {
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Tensors tensors) {
        List<Value> results = tensors.values().stream().map(Value::fresh).toList();
        parts.yields.addAll(tensors.values());
        parts.results.addAll(results);
        scope.put(name.text(), new Binding.Tensors(tensors.structure(), results));
      }
    }
    for (Cell cell : cells) {
      Value result = cell.value().fresh();
      if (checker.isUndefined(cell.value())) {
        checker.markUndefined(result);
      }
      parts.yields.add(cell.value());
      parts.results.add(result);
      cell.set(result);
    }
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Pending pending) {
        Flight flight = pending.flight();
        Future result = flight.future().fresh();
        parts.yields.add(flight.future());
        parts.results.add(result);
        replace(
            name,
            flight,
            flight.carried(result, calls.level(), flight.inputs(), flight.givenAway()));
      }
    }
  }

  /** The name stands for something of the type that it had before. */
  private void checkSame(Name name, Binding before) {
    Binding now = scope.get(name.text());
    if (now instanceof Binding.Broken) {
      throw new SilentRefusal();
    }
    if (before instanceof Binding.Pending was && now instanceof Binding.Pending is) {
      checkSameFuture(name, was.flight(), is.flight());
      return;
    }
    boolean same =
        before instanceof Binding.Tensors was
            && now instanceof Binding.Tensors is
            && KernelSignature.isSame(was.structure(), is.structure());
    if (!same) {
      throw new Refusal(Message.CARRIED_TYPE_CHANGES, name.span(), name, shown(before), shown(now));
    }
  }

  private static void checkSameFuture(Name name, Flight was, Flight is) {
    if (!was.signature().name().equals(is.signature().name())) {
      throw new Refusal(
          Message.OTHER_KERNEL, name.span(), name, was.signature().name(), is.signature().name());
    }
    if (!was.reads().equals(is.reads()) || !was.writes().equals(is.writes())) {
      throw new Refusal(Message.OTHER_VARIABLES, name.span(), name, route(was), route(is));
    }
  }

  private static String route(Flight flight) {
    return "reads %s and writes %s".formatted(names(flight.reads()), names(flight.writes()));
  }

  private static String names(List<Cell> cells) {
    return cells.isEmpty() ? "no Ref" : String.join(", ", cells.stream().map(Cell::name).toList());
  }

  private static String shown(Binding binding) {
    return switch (binding) {
      case Binding.Tensors tensors ->
          tensors.structure() instanceof Structure.Leaf leaf
              ? "a " + PipelineChecker.typeOf(leaf)
              : "a " + KernelSignature.typeOf(tensors.structure());
      case Binding.Pending pending -> "a future of " + pending.flight().signature().name();
      case Binding.Ended ended -> "a future that was done in line " + ended.line();
      default -> "nothing that can be carried";
    };
  }

  /** Adds a loop; what every round leaves as it is need not be carried. */
  private void addLoop(long rounds, Parts parts, List<Step> body, int line) {
    Renaming constants = new Renaming();
    Parts kept = new Parts();
    Renaming outside = new Renaming();
    for (int i = 0; i < parts.parameters.size(); i++) {
      if (parts.yields.get(i).equals(parts.parameters.get(i))) {
        constants.put(parts.parameters.get(i), parts.initial.get(i));
        outside.put(parts.results.get(i), parts.initial.get(i));
      } else {
        kept.initial.add(parts.initial.get(i));
        kept.parameters.add(parts.parameters.get(i));
        kept.yields.add(parts.yields.get(i));
        kept.results.add(parts.results.get(i));
      }
    }
    checker.add(
        new Step.Repeat(
            rounds,
            kept.initial,
            kept.parameters,
            constants.uses(body),
            constants.ofItems(kept.yields),
            kept.results,
            line));
    scope.rename(outside);
  }
}
