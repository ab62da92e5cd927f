package org.hlo4j.processor.flow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * All the ways in which a body comes to a point. A use is certainly after a donation if it is so in
 * each of these worlds, and maybe if it is in one.
 */
record State(List<World> worlds) {
  static final State START = new State(List.of(World.EMPTY));

  /** No way leads here. */
  static final State NOWHERE = new State(List.of());

  /** From here on, worlds are blurred into one: each branch could double them. */
  private static final int MOST_WORLDS = 32;

  /** The same where they are large. */
  private static final int MOST_VARIABLES = 1_000;

  /** The same step in each world. */
  State map(UnaryOperator<World> step) {
    List<World> changed = new ArrayList<>(worlds.size());
    worlds.forEach(world -> changed.add(step.apply(world)));
    return new State(changed);
  }

  /** The ways that lead to here, and the ways that lead to there. Equal ones become one. */
  State join(State other) {
    Set<World> distinct = new LinkedHashSet<>();
    worlds.forEach(world -> distinct.add(Canonical.of(world)));
    other.worlds.forEach(world -> distinct.add(Canonical.of(world)));
    State joined = new State(List.copyOf(distinct));
    return joined.isLarge() ? joined.blurred() : joined;
  }

  private boolean isLarge() {
    return worlds.size() > MOST_WORLDS
        || (worlds.size() > 1
            && worlds.stream().mapToInt(world -> world.variables().size()).sum() > MOST_VARIABLES);
  }

  /** One world that says what all of these have in common. */
  State blurred() {
    return worlds.isEmpty() ? this : new State(List.of(Canonical.of(Blur.of(worlds))));
  }

  /** Whether two joined states are the same, in any order. */
  boolean sameAs(State other) {
    return Set.copyOf(worlds).equals(Set.copyOf(other.worlds));
  }
}
