package org.hlo4j.tests.pipelines;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Makes calls, their starts and their ends. */
final class CallGenerator {
  private final Chance chance;

  CallGenerator(Chance chance) {
    this.chance = chance;
  }

  /** A new name, or one that may stand for something else from now on. */
  String target(List<Kind> kinds, List<String> others) {
    List<String> known = new ArrayList<>();
    chance.scope.names.forEach(
        (name, is) -> {
          if (is.kinds().equals(kinds) && chance.scope.assignable.contains(name)) {
            known.add(name);
          }
        });
    known.removeAll(others);
    return known.isEmpty() || chance.random.nextInt(3) == 0
        ? chance.newName("v")
        : chance.any(known);
  }

  Line.Call call(boolean starts) {
    Op op = chance.any(chance.ops);
    return starts ? start(op, chance.newName("f"), List.of(), List.of()) : run(op);
  }

  /** What a call reads. */
  record Reading(List<Line.Place> places, List<Integer> values) {}

  Reading reading(Op op, List<Line.Place> fixed) {
    List<Line.Place> places = new ArrayList<>();
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < op.inputs().size(); i++) {
      Kind kind = op.inputs().get(i);
      if (i < fixed.size() && chance.scope.variables.containsKey(fixed.get(i).name())) {
        places.add(fixed.get(i));
        values.add(-1);
        continue;
      }
      List<GeneratorScope.Source> readable = new ArrayList<>(chance.scope.readable(kind));
      if (!fixed.isEmpty()) {
        readable.removeIf(one -> one.value() < 0);
      }
      if (op.taken() == i && op.isRef()) {
        readable.removeIf(
            one -> one.value() >= 0 || !chance.scope.isFree(GeneratorScope.key(one.place())));
      } else if (op.taken() == i) {
        readable.removeIf(
            one ->
                one.value() < 0
                    || isUsed(one.value())
                    || (!fixed.isEmpty() && chance.scope.ofOuter.contains(one.place().name())));
      } else if (op.isRef()) {
        readable.removeIf(one -> places.contains(one.place()));
      }
      GeneratorScope.Source one = chance.any(readable);
      places.add(one.place());
      values.add(one.value());
    }
    return new Reading(places, values);
  }

  /** Whether a call in flight reads a value; of those outside of a loop, nobody can tell. */
  private boolean isUsed(int value) {
    return !chance.scope.outer.isEmpty()
        || chance.scope.flights().stream()
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
    if (op.isRef() || chance.random.nextInt(3) > 0) {
      return writes;
    }
    for (Kind kind : op.outputs()) {
      List<Line.Place> free = new ArrayList<>(chance.scope.slots(kind, false));
      free.removeIf(
          slot ->
              writes.contains(slot)
                  || !chance.scope.isFree(GeneratorScope.key(slot))
                  || (starts && reading.places().contains(slot)));
      if (free.isEmpty()) {
        return List.of();
      }
      writes.add(chance.any(free));
    }
    return writes;
  }

  Line.Call run(Op op) {
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
    if (given.size() == 1 || chance.random.nextInt(3) == 0) {
      return List.of(target(given, List.of()));
    }
    List<String> targets = new ArrayList<>();
    given.forEach(kind -> targets.add(target(List.of(kind), targets)));
    return targets;
  }

  private void deliver(Line.Call call, List<String> targets, List<Integer> inputs) {
    call.writes().forEach(chance.scope::define);
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < call.op().outputs().size(); i++) {
      String result = call.op().results().get(i);
      boolean isForwarded = result.startsWith("%a");
      int same = call.op().results().indexOf(result);
      int value =
          isForwarded
              ? inputs.get(Integer.parseInt(result.substring(2)))
              : same < i ? values.get(same) : chance.newValue();
      values.add(Math.max(value, GeneratorScope.UNKNOWN));
    }
    if (targets.size() == 1) {
      chance.put(targets.get(0), call.op().given(), values);
    } else {
      for (int i = 0; i < targets.size(); i++) {
        chance.put(targets.get(i), List.of(call.op().given().get(i)), List.of(values.get(i)));
      }
    }
  }

  /**
   * A start.
   *
   * @param reads what it has to read where that is a variable; anything if there is none
   * @param writes the variables that it has to write, if there are any
   */
  Line.Call start(Op op, String future, List<Line.Place> reads, List<Line.Place> writes) {
    Reading reading = reading(op, reads);
    List<Line.Place> written = reads.isEmpty() ? arrow(op, reading, true) : writes;
    Line.Call call = new Line.Call(List.of(future), true, op, reading.places(), written);
    chance.scope.pending.put(future, flight(call, reading.values()));
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

  Line.Done done(String future) {
    GeneratorScope.Flight flight = Objects.requireNonNull(chance.scope.pending.remove(future));
    Line.Call call = flight.call();
    List<String> targets = call.writes().isEmpty() ? targets(call.op()) : List.of();
    deliver(call, targets, flight.inputs());
    return new Line.Done(targets, future);
  }

  void end(List<Line> lines, Set<String> futures) {
    for (String future : futures) {
      if (chance.scope.pending.containsKey(future)) {
        lines.add(done(future));
      }
    }
  }
}
