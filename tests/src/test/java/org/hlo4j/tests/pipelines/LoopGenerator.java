package org.hlo4j.tests.pipelines;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Makes loops, which carry names and calls in flight, and may index a variable by a counter. */
final class LoopGenerator {
  private static final int DEEPEST = 2;
  private static final List<Integer> COUNTS = List.of(1, 2, 3, 4, 5, 7, 8);

  private final PipelineGenerator pipeline;
  private final CallGenerator calls;
  private final Chance chance;
  private int depth;

  LoopGenerator(PipelineGenerator pipeline, CallGenerator calls, Chance chance) {
    this.pipeline = pipeline;
    this.calls = calls;
    this.chance = chance;
  }

  /** Whether another loop may stand here. */
  boolean canBeDeeper() {
    return depth < DEEPEST;
  }

  Line.Repeat repeat() {
    GeneratorScope outer = chance.scope;
    GeneratorScope inner = new GeneratorScope();
    int count = chance.any(COUNTS);
    List<String> carried = new ArrayList<>();
    Set<Integer> taken = new HashSet<>();
    outer.flights().forEach(flight -> taken.addAll(flight.taken()));
    outer.names.forEach(
        (name, known) -> {
          inner.names.put(name, known);
          boolean canBeCarried =
              outer.assignable.contains(name) && known.values().stream().noneMatch(taken::contains);
          if (canBeCarried && chance.random.nextInt(3) == 0) {
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
          if (!isCounted && chance.random.nextInt(3) > 0) {
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

    chance.scope = inner;
    depth++;
    List<Line> body = new ArrayList<>();
    if (!inner.counted.isEmpty() && !inner.countedDefined.contains(1)) {
      body.add(fill());
    }
    for (int i = 1 + chance.random.nextInt(5); i > 0 && !pipeline.isFull(); i--) {
      body.add(pipeline.line());
    }
    finish(body, futures);
    depth--;
    chance.scope = outer;
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
    if (free.isEmpty() || chance.random.nextInt(4) == 0) {
      return;
    }
    inner.counted = chance.any(free);
    inner.counter = chance.newName("i");
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
    Kind kind = chance.scope.variable(chance.scope.counted).kind();
    List<Op> right = new ArrayList<>(chance.ops);
    right.removeIf(op -> op.isRef() || op.taken() >= 0 || !op.outputs().equals(List.of(kind)));
    Line.Place next = new Line.Place(chance.scope.counted, "", chance.scope.counter + " + 1");
    Op op = chance.any(right);
    Line.Call call =
        new Line.Call(List.of(), false, op, calls.reading(op, List.of()).places(), List.of(next));
    chance.scope.define(next);
    return call;
  }

  /** Ends a round: the futures that are carried are there, and no other. */
  private void finish(List<Line> body, Map<String, GeneratorScope.Flight> futures) {
    Set<String> own = new HashSet<>(chance.scope.pending.keySet());
    own.removeAll(futures.keySet());
    calls.end(body, own);
    futures.forEach(
        (name, flight) -> {
          if (!chance.scope.pending.containsKey(name)) {
            Line.Call was = flight.call();
            body.add(calls.start(was.op(), name, was.arguments(), was.writes()));
          }
        });
  }

  private void leave(List<String> carried, Set<String> futures, GeneratorScope inner, int count) {
    for (String name : carried) {
      GeneratorScope.Known known = Objects.requireNonNull(chance.scope.names.get(name));
      List<Integer> values = known.kinds().stream().map(kind -> chance.newValue()).toList();
      chance.scope.names.put(name, new GeneratorScope.Known(known.kinds(), values));
    }
    for (String name : futures) {
      chance.scope.pending.put(name, Objects.requireNonNull(inner.pending.get(name)));
    }
    if (!inner.counted.isEmpty()) {
      List<Boolean> defined = chance.scope.variable(inner.counted).defined();
      for (int round = 0; round < count; round++) {
        for (int plus : inner.countedDefined) {
          defined.set((round + plus) % defined.size(), true);
        }
      }
    }
  }
}
