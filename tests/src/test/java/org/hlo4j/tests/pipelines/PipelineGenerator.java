package org.hlo4j.tests.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes pipelines by chance that the processor has to take: it keeps track of what may be read,
 * written, started and ended at each point. Not safe for use by several threads.
 */
final class PipelineGenerator {
  private static final int MOST_LINES = 30;

  private final boolean isSharded;
  private final Chance chance;
  private final CallGenerator calls;
  private final LoopGenerator loops;
  private int left;

  private PipelineGenerator(long seed, boolean isSharded) {
    this.isSharded = isSharded;
    this.chance = new Chance(seed, Op.all(isSharded));
    this.calls = new CallGenerator(chance);
    this.loops = new LoopGenerator(this, calls, chance);
    this.left = 3 + chance.random.nextInt(MOST_LINES - 3);
  }

  /** A pipeline, the same one for a seed. */
  static RandomPipeline of(String name, long seed, boolean isSharded) {
    for (long attempt = seed; ; attempt += 1L << 32) {
      try {
        return new PipelineGenerator(attempt, isSharded).pipeline(name);
      } catch (Chance.DeadEnd deadEnd) {
        // The next attempt begins with other numbers.
      }
    }
  }

  private RandomPipeline pipeline(String name) {
    List<RandomPipeline.Parameter> parameters = new ArrayList<>();
    int count = 2 + chance.random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Kind kind = i == 0 ? Kind.FLOATS : i == 1 ? Kind.INTS : chance.anyKind();
      boolean isRef = i >= 2 && !isSharded && chance.random.nextInt(2) == 0;
      String parameter = "p" + i;
      parameters.add(
          new RandomPipeline.Parameter(
              parameter, kind, !isRef && chance.random.nextBoolean(), isRef));
      if (isRef) {
        List<Boolean> defined = new ArrayList<>(List.of(true));
        chance.scope.variables.put(parameter, new GeneratorScope.Variable(kind, defined, false));
      } else {
        chance.put(parameter, List.of(kind), List.of(chance.newValue()));
      }
    }
    List<Line> lines = new ArrayList<>();
    while (!isFull()) {
      lines.add(line());
    }
    calls.end(lines, Set.copyOf(chance.scope.pending.keySet()));
    List<Line.Place> returned = new ArrayList<>();
    List<Kind> types = new ArrayList<>();
    for (int i = 1 + chance.random.nextInt(3); i > 0; i--) {
      Kind kind = chance.anyKind();
      returned.add(chance.any(chance.scope.readable(kind)).place());
      types.add(kind);
    }
    return new RandomPipeline(name, isSharded, parameters, lines, returned, types);
  }

  /** Whether there are enough statements. */
  boolean isFull() {
    return left <= 0;
  }

  Line line() {
    left--;
    int choice = chance.random.nextInt(100);
    if (choice < 14 && loops.canBeDeeper() && left > 2) {
      return loops.repeat();
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
    if (choice < 50 && !chance.scope.pending.isEmpty()) {
      return calls.done(chance.any(List.copyOf(chance.scope.pending.keySet())));
    }
    return calls.call(choice < 75);
  }

  private Line inOrder() {
    List<Line> body = new ArrayList<>();
    for (int i = 2 + chance.random.nextInt(2); i > 0; i--) {
      body.add(line());
    }
    return new Line.InOrder(body);
  }

  private Line newRef() {
    Kind kind = chance.anyKind();
    String name = chance.newName("r");
    List<Line.Slot> slots = new ArrayList<>();
    List<Boolean> defined = new ArrayList<>();
    for (int i = 1 + chance.random.nextInt(3); i > 0; i--) {
      boolean isEmpty = chance.random.nextInt(3) == 0;
      defined.add(!isEmpty);
      slots.add(new Line.Slot(isEmpty, chance.any(chance.scope.readable(kind)).place()));
    }
    chance.scope.variables.put(name, new GeneratorScope.Variable(kind, defined, true));
    return new Line.NewRef(name, slots);
  }

  private Line assign() {
    List<GeneratorScope.Source> values = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (int i = 1 + chance.random.nextInt(2); i > 0; i--) {
      Kind kind = chance.anyKind();
      values.add(chance.any(chance.scope.readable(kind)));
      targets.add(calls.target(List.of(kind), targets));
    }
    for (int i = 0; i < targets.size(); i++) {
      int value = values.get(i).value();
      chance.put(
          targets.get(i),
          List.of(values.get(i).kind()),
          List.of(Math.max(value, GeneratorScope.UNKNOWN)));
    }
    return new Line.Assign(targets, values.stream().map(GeneratorScope.Source::place).toList());
  }
}
