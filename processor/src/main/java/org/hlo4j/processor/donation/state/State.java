package org.hlo4j.processor.donation.state;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The stores at a point of a body, one for each path to it. A use is certainly after a donation if
 * it is in each store, and possibly if in one.
 */
public record State(List<Store> stores) {
  /** The state before a body. */
  public static final State START = new State(List.of(Store.EMPTY));

  /** The state of a point that no path reaches. */
  public static final State NOWHERE = new State(List.of());

  /** More stores are widened into one: each branch could double them. */
  private static final int MOST_STORES = 32;

  /** The same limit for the variables in all stores. */
  private static final int MOST_VARIABLES = 1_000;

  /** Applies a step to each store. */
  public State map(UnaryOperator<Store> step) {
    List<Store> changed = new ArrayList<>(stores.size());
    stores.forEach(store -> changed.add(step.apply(store)));
    return new State(changed);
  }

  /** Returns the stores of both states. Equal ones become one. */
  public State join(State other) {
    Set<Store> distinct = new LinkedHashSet<>();
    stores.forEach(store -> distinct.add(Canonical.of(store)));
    other.stores.forEach(store -> distinct.add(Canonical.of(store)));
    State joined = new State(List.copyOf(distinct));
    return joined.isLarge() ? joined.widened() : joined;
  }

  private boolean isLarge() {
    return stores.size() > MOST_STORES
        || (stores.size() > 1
            && stores.stream().mapToInt(store -> store.variables().size()).sum() > MOST_VARIABLES);
  }

  /** Widens the stores to one that covers all of them. */
  public State widened() {
    return stores.isEmpty() ? this : new State(List.of(Canonical.of(Widening.widen(stores))));
  }

  /** Returns whether two joined states are equal, in any order. */
  public boolean sameAs(State other) {
    return Set.copyOf(stores).equals(Set.copyOf(other.stores));
  }
}
