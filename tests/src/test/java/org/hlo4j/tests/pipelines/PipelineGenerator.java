package org.hlo4j.tests.pipelines;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * Makes pipelines by chance that the processor has to take: it keeps track of what may be read,
 * written, started and ended at each point. Not safe for use by several threads.
 */
final class PipelineGenerator {
  private static final int MOST_LINES = 30;
  private static final int DEEPEST = 2;
  private static final List<Integer> COUNTS = List.of(1, 2, 3, 4, 5, 7, 8);

  private final Random random;
  private final boolean isSharded;
  private final List<Op> ops;
  private int left;
  private int nextName;
  private int nextValue = GeneratorScope.UNKNOWN + 1;
  private int depth;
  private GeneratorScope scope = new GeneratorScope();

  private PipelineGenerator(long seed, boolean isSharded) {
    this.random = new Random(seed);
    this.isSharded = isSharded;
    this.ops = Op.all(isSharded);
    this.left = 3 + random.nextInt(MOST_LINES - 3);
  }

  /** A point from which no right statement leads on. */
  private static final class DeadEnd extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeadEnd() {
      super("No way on", null, false, false);
    }
  }

  /** A pipeline, the same one for a seed. */
  static RandomPipeline of(String name, long seed, boolean isSharded) {
    for (long attempt = seed; ; attempt += 1L << 32) {
      try {
        return new PipelineGenerator(attempt, isSharded).pipeline(name);
      } catch (DeadEnd deadEnd) {
        // The next attempt begins with other numbers.
      }
    }
  }

  private RandomPipeline pipeline(String name) {
    List<RandomPipeline.Parameter> parameters = new ArrayList<>();
    int count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Kind kind = i < 2 ? Kind.values()[i] : any(List.of(Kind.values()));
      boolean isRef = i >= 2 && !isSharded && random.nextInt(2) == 0;
      String parameter = "p" + i;
      parameters.add(
          new RandomPipeline.Parameter(parameter, kind, !isRef && random.nextBoolean(), isRef));
      if (isRef) {
        List<Boolean> defined = new ArrayList<>(List.of(true));
        scope.variables.put(parameter, new GeneratorScope.Variable(kind, defined, false));
      } else {
        put(parameter, List.of(kind), List.of(nextValue++));
      }
    }
    List<Line> lines = new ArrayList<>();
    while (left > 0) {
      lines.add(line());
    }
    end(lines, Set.copyOf(scope.pending.keySet()));
    List<Line.Place> returned = new ArrayList<>();
    List<Kind> types = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      Kind kind = any(List.of(Kind.values()));
      returned.add(any(scope.readable(kind)).place());
      types.add(kind);
    }
    return new RandomPipeline(name, isSharded, parameters, lines, returned, types);
  }

  private <T> T any(List<T> things) {
    if (things.isEmpty()) {
      throw new DeadEnd();
    }
    return things.get(random.nextInt(things.size()));
  }

  private void put(String name, List<Kind> kinds, List<Integer> values) {
    scope.names.put(name, new GeneratorScope.Known(kinds, values));
    scope.assignable.add(name);
  }

  private Line line() {
    left--;
    int choice = random.nextInt(100);
    if (choice < 14 && depth < DEEPEST && left > 2) {
      return repeat();
    }
    if (choice < 20 && left > 2) {
      return inOrder();
    }
    if (choice < 28) {
      return newRef();
    }
    if (choice < 33) {
      return assign();
    }
    if (choice < 50 && !scope.pending.isEmpty()) {
      return done(any(List.copyOf(scope.pending.keySet())));
    }
    return call(choice < 75);
  }

  private Line inOrder() {
    List<Line> body = new ArrayList<>();
    for (int i = 2 + random.nextInt(2); i > 0; i--) {
      body.add(line());
    }
    return new Line.InOrder(body);
  }

  private Line newRef() {
    Kind kind = any(List.of(Kind.values()));
    String name = "r" + nextName++;
    List<Line.Slot> slots = new ArrayList<>();
    List<Boolean> defined = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      boolean isEmpty = random.nextInt(3) == 0;
      defined.add(!isEmpty);
      slots.add(new Line.Slot(isEmpty, any(scope.readable(kind)).place()));
    }
    scope.variables.put(name, new GeneratorScope.Variable(kind, defined, true));
    return new Line.NewRef(name, slots);
  }

  private Line assign() {
    List<GeneratorScope.Source> values = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Kind kind = any(List.of(Kind.values()));
      values.add(any(scope.readable(kind)));
      targets.add(target(List.of(kind), targets));
    }
    for (int i = 0; i < targets.size(); i++) {
      int value = values.get(i).value();
      put(
          targets.get(i),
          List.of(values.get(i).kind()),
          List.of(Math.max(value, GeneratorScope.UNKNOWN)));
    }
    return new Line.Assign(targets, values.stream().map(GeneratorScope.Source::place).toList());
  }

  /** A new name, or one that may stand for something else from now on. */
  private String target(List<Kind> kinds, List<String> others) {
    List<String> known = new ArrayList<>();
    scope.names.forEach(
        (name, is) -> {
          if (is.kinds().equals(kinds) && scope.assignable.contains(name)) {
            known.add(name);
          }
        });
    known.removeAll(others);
    return known.isEmpty() || random.nextInt(3) == 0 ? "v" + nextName++ : any(known);
  }

  private Line.Call call(boolean starts) {
    Op op = any(ops);
    return starts ? start(op, "f" + nextName++, List.of(), List.of()) : run(op);
  }

  /** What a call reads. */
  private record Reading(List<Line.Place> places, List<Integer> values) {}

  private Reading reading(Op op, List<Line.Place> fixed) {
    List<Line.Place> places = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < op.inputs().size(); i++) {
      Kind kind = op.inputs().get(i);
      if (i < fixed.size() && scope.variables.containsKey(fixed.get(i).name())) {
        places.add(fixed.get(i));
        values.add(-1);
        continue;
      }
      List<GeneratorScope.Source> readable = new ArrayList<>(scope.readable(kind));
      if (!fixed.isEmpty()) {
        readable.removeIf(one -> one.value() < 0);
      }
      if (op.taken() == i && op.isRef()) {
        readable.removeIf(
            one -> one.value() >= 0 || !scope.isFree(GeneratorScope.key(one.place())));
      } else if (op.taken() == i) {
        readable.removeIf(
            one ->
                one.value() < 0
                    || isUsed(one.value())
                    || (!fixed.isEmpty() && scope.ofOuter.contains(one.place().name())));
      } else if (op.isRef()) {
        readable.removeIf(one -> places.contains(one.place()));
      }
      GeneratorScope.Source one = any(readable);
      places.add(one.place());
      values.add(one.value());
    }
    return new Reading(places, values);
  }

  /** Whether a call in flight reads a value; of those outside of a loop, nobody can tell. */
  private boolean isUsed(int value) {
    return !scope.outer.isEmpty()
        || scope.flights().stream()
            .flatMap(flight -> flight.inputs().stream())
            .anyMatch(
                other ->
                    other == value
                        || other <= GeneratorScope.UNKNOWN
                        || value == GeneratorScope.UNKNOWN);
  }

  /** Variables for the results of a call, or none if they go to names. */
  private List<Line.Place> arrow(Op op, Reading reading, boolean starts) {
    List<Line.Place> writes = new ArrayList<>();
    if (op.isRef() || random.nextInt(3) > 0) {
      return writes;
    }
    for (Kind kind : op.outputs()) {
      List<Line.Place> free = new ArrayList<>(scope.slots(kind, false));
      free.removeIf(
          slot ->
              writes.contains(slot)
                  || !scope.isFree(GeneratorScope.key(slot))
                  || (starts && reading.places().contains(slot)));
      if (free.isEmpty()) {
        return List.of();
      }
      writes.add(any(free));
    }
    return writes;
  }

  private Line.Call run(Op op) {
    Reading reading = reading(op, List.of());
    List<Line.Place> writes = arrow(op, reading, false);
    List<String> targets = writes.isEmpty() ? targets(op) : List.of();
    Line.Call call = new Line.Call(targets, false, op, reading.places(), writes);
    deliver(call, targets, reading.values());
    return call;
  }

  private List<String> targets(Op op) {
    List<Kind> given = op.given();
    if (given.isEmpty()) {
      return List.of();
    }
    if (given.size() == 1 || random.nextInt(3) == 0) {
      return List.of(target(given, List.of()));
    }
    List<String> targets = new ArrayList<>();
    given.forEach(kind -> targets.add(target(List.of(kind), targets)));
    return targets;
  }

  private void deliver(Line.Call call, List<String> targets, List<Integer> inputs) {
    call.writes().forEach(scope::define);
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < call.op().outputs().size(); i++) {
      String result = call.op().results().get(i);
      boolean isForwarded = result.startsWith("%a");
      int same = call.op().results().indexOf(result);
      int value =
          isForwarded
              ? inputs.get(Integer.parseInt(result.substring(2)))
              : same < i ? values.get(same) : nextValue++;
      values.add(Math.max(value, GeneratorScope.UNKNOWN));
    }
    if (targets.size() == 1) {
      put(targets.get(0), call.op().given(), values);
    } else {
      for (int i = 0; i < targets.size(); i++) {
        put(targets.get(i), List.of(call.op().given().get(i)), List.of(values.get(i)));
      }
    }
  }

  /**
   * A start.
   *
   * @param reads what it has to read where that is a variable; anything if there is none
   * @param writes the variables that it has to write, if there are any
   */
  private Line.Call start(Op op, String future, List<Line.Place> reads, List<Line.Place> writes) {
    Reading reading = reading(op, reads);
    List<Line.Place> written = reads.isEmpty() ? arrow(op, reading, true) : writes;
    Line.Call call = new Line.Call(List.of(future), true, op, reading.places(), written);
    scope.pending.put(future, flight(call, reading.values()));
    return call;
  }

  private GeneratorScope.Flight flight(Line.Call call, List<Integer> values) {
    Set<Integer> taken = new HashSet<>();
    Set<String> reads = new HashSet<>();
    Set<String> writes = new HashSet<>();
    call.writes().forEach(place -> writes.add(GeneratorScope.key(place)));
    for (int i = 0; i < call.arguments().size(); i++) {
      String key = GeneratorScope.key(call.arguments().get(i));
      if (i == call.op().taken() && call.op().isRef()) {
        writes.add(key);
      } else if (i == call.op().taken()) {
        taken.add(values.get(i));
      } else if (values.get(i) < 0) {
        reads.add(key);
      }
    }
    return new GeneratorScope.Flight(call, values, taken, reads, writes);
  }

  private Line.Done done(String future) {
    GeneratorScope.Flight flight = Objects.requireNonNull(scope.pending.remove(future));
    Line.Call call = flight.call();
    List<String> targets = call.writes().isEmpty() ? targets(call.op()) : List.of();
    deliver(call, targets, flight.inputs());
    return new Line.Done(targets, future);
  }

  private void end(List<Line> lines, Set<String> futures) {
    for (String future : futures) {
      if (scope.pending.containsKey(future)) {
        lines.add(done(future));
      }
    }
  }

  private Line.Repeat repeat() {
    GeneratorScope outer = scope;
    GeneratorScope inner = new GeneratorScope();
    int count = any(COUNTS);
    List<String> carried = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    outer.flights().forEach(flight -> taken.addAll(flight.taken()));
    outer.names.forEach(
        (name, known) -> {
          inner.names.put(name, known);
          boolean canBeCarried =
              outer.assignable.contains(name) && known.values().stream().noneMatch(taken::contains);
          if (canBeCarried && random.nextInt(3) == 0) {
            carried.add(name);
            inner.assignable.add(name);
          }
        });
    Map<String, GeneratorScope.Flight> futures = new LinkedHashMap<>();
    outer.pending.forEach(
        (name, flight) -> {
          boolean isCounted =
              flight.call().arguments().stream()
                      .anyMatch(place -> place.name().equals(outer.counted))
                  || flight.call().writes().stream()
                      .anyMatch(place -> place.name().equals(outer.counted));
          if (!isCounted && random.nextInt(3) > 0) {
            futures.put(name, flight);
          } else {
            inner.outer.add(flight);
          }
        });
    inner.outer.addAll(outer.outer);
    inner.pending.putAll(futures);
    inner.variables.putAll(outer.variables);
    inner.ofOuter.addAll(outer.names.keySet());
    List<String> shuffled = new ArrayList<>(carried);
    shuffled.addAll(futures.keySet());
    count(inner, outer);

    scope = inner;
    depth++;
    List<Line> body = new ArrayList<>();
    if (!inner.counted.isEmpty() && !inner.countedDefined.contains(1)) {
      body.add(fill());
    }
    for (int i = 1 + random.nextInt(5); i > 0 && left > 0; i--) {
      body.add(line());
    }
    finish(body, futures);
    depth--;
    scope = outer;
    leave(carried, futures.keySet(), inner, count);
    return new Line.Repeat(count, inner.counter, shuffled, body);
  }

  /** Has a variable indexed by the loop's counter, if there is one that can be. */
  private void count(GeneratorScope inner, GeneratorScope outer) {
    List<String> free = new ArrayList<>();
    outer.variables.forEach(
        (name, variable) -> {
          boolean isFree = !outer.isUsed(name) && !name.equals(outer.counted);
          if (isFree && variable.defined().size() > 1 && variable.defined().get(0)) {
            free.add(name);
          }
        });
    if (!outer.counted.isEmpty()) {
      inner.variables.remove(outer.counted);
    }
    if (free.isEmpty() || random.nextInt(4) == 0) {
      return;
    }
    inner.counted = any(free);
    inner.counter = "i" + nextName++;
    List<Boolean> defined = outer.variable(inner.counted).defined();
    inner.countedDefined.add(0);
    if (!defined.contains(false)) {
      for (int i = 1; i < defined.size(); i++) {
        inner.countedDefined.add(i);
      }
    }
  }

  /** Gives the next round's slot a value. */
  private Line fill() {
    Kind kind = scope.variable(scope.counted).kind();
    List<Op> right = new ArrayList<>(ops);
    right.removeIf(op -> op.isRef() || op.taken() >= 0 || !op.outputs().equals(List.of(kind)));
    Line.Place next = new Line.Place(scope.counted, "", scope.counter + " + 1");
    Op op = any(right);
    Line.Call call =
        new Line.Call(List.of(), false, op, reading(op, List.of()).places(), List.of(next));
    scope.define(next);
    return call;
  }

  /** Ends a round: the futures that are carried are there, and no other. */
  private void finish(List<Line> body, Map<String, GeneratorScope.Flight> futures) {
    Set<String> own = new HashSet<>(scope.pending.keySet());
    own.removeAll(futures.keySet());
    end(body, own);
    futures.forEach(
        (name, flight) -> {
          if (!scope.pending.containsKey(name)) {
            Line.Call was = flight.call();
            body.add(start(was.op(), name, was.arguments(), was.writes()));
          }
        });
  }

  private void leave(List<String> carried, Set<String> futures, GeneratorScope inner, int count) {
    for (String name : carried) {
      GeneratorScope.Known known = Objects.requireNonNull(scope.names.get(name));
      List<Integer> values = known.kinds().stream().map(kind -> nextValue++).toList();
      scope.names.put(name, new GeneratorScope.Known(known.kinds(), values));
    }
    for (String name : futures) {
      scope.pending.put(name, Objects.requireNonNull(inner.pending.get(name)));
    }
    if (!inner.counted.isEmpty()) {
      List<Boolean> defined = scope.variable(inner.counted).defined();
      for (int round = 0; round < count; round++) {
        for (int plus : inner.countedDefined) {
          defined.set((round + plus) % defined.size(), true);
        }
      }
    }
  }
}
