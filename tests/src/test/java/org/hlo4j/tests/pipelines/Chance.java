package org.hlo4j.tests.pipelines;

import java.util.List;
import java.util.Random;

/** What a pipeline's generator chooses from, and the numbers it gives out. For one thread. */
final class Chance {
  final Random random;
  final List<Op> ops;
  GeneratorScope scope = new GeneratorScope();
  private int nextName;
  private int nextValue = GeneratorScope.UNKNOWN + 1;

  Chance(long seed, List<Op> ops) {
    this.random = new Random(seed);
    this.ops = ops;
  }

  /** A point from which no right statement leads on. */
  static final class DeadEnd extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeadEnd() {
      super("No way on", null, false, false);
    }
  }

  <T> T any(List<T> things) {
    if (things.isEmpty()) {
      throw new DeadEnd();
    }
    return things.get(random.nextInt(things.size()));
  }

  Kind anyKind() {
    return any(List.of(Kind.values()));
  }

  /** A name that nothing has. */
  String newName(String prefix) {
    return prefix + nextName++;
  }

  /** A number that tells a value from all others. */
  int newValue() {
    return nextValue++;
  }

  /** Makes a name stand for values. */
  void put(String name, List<Kind> kinds, List<Integer> values) {
    scope.names.put(name, new GeneratorScope.Known(kinds, values));
    scope.assignable.add(name);
  }
}
