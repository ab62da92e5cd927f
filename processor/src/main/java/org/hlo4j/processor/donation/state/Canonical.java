package org.hlo4j.processor.donation.state;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Converts a store to its canonical form, so that equivalent stores are equal: numbers roots in the
 * order of the variables that hold them, and omits unreachable ones.
 */
final class Canonical {
  private final Store store;

  /** The held values of each root, in the order of the holders. */
  private final ListMultimap<Integer, AccessPath> held =
      MultimapBuilder.linkedHashKeys().arrayListValues().build();

  /** The roots that are held themselves. */
  private final Set<Integer> whole = new HashSet<>();

  /** The common prefix of all held values of a root, which replaces the root. */
  private final Map<Integer, AccessPath> trunks = new HashMap<>();

  /** The spent values of each root. */
  private final ListMultimap<Integer, AccessPath> spent = ArrayListMultimap.create();

  private final Map<Integer, Integer> numbers = new LinkedHashMap<>();

  private Canonical(Store store) {
    this.store = store;
    store.variables().values().forEach(this::hold);
    store.operands().values().forEach(operand -> hold(operand.value()));
    held.keySet().forEach(root -> trunks.put(root, trunk(held.get(root))));
    store.spent().keySet().forEach(key -> spent.put(key.root(), key));
  }

  static Store of(Store store) {
    return new Canonical(store).rewrite();
  }

  private void hold(AccessPath value) {
    held.put(value.root(), value);
    if (value.isRoot() && whole.add(value.root())) {
      store.parts(value).values().forEach(this::hold);
    }
  }

  private AccessPath trunk(List<AccessPath> values) {
    AccessPath trunk = values.get(0);
    for (AccessPath value : values) {
      while (!value.isWithin(trunk)) {
        trunk = trunk.prefix(trunk.path().size() - 1);
      }
    }
    return trunk;
  }

  private Store rewrite() {
    SortedMap<Integer, AccessPath> variables = new TreeMap<>(store.variables());
    variables.values().removeIf(this::isAsGoodAsNew);
    variables.values().forEach(this::number);
    store.operands().values().forEach(operand -> number(operand.value()));

    variables.replaceAll((slot, value) -> renamed(value));
    SortedMap<Integer, Store.OperandValue> operands = new TreeMap<>(store.operands());
    operands.replaceAll(
        (slot, operand) -> new Store.OperandValue(renamed(operand.value()), operand.mention()));
    return new Store(variables, operands, renamedRecords(), renamedSpent(), numbers.size());
  }

  /** Returns whether a value is held once, not spent, and not constructed. */
  private boolean isAsGoodAsNew(AccessPath value) {
    return held.get(value.root()).size() == 1
        && parts(value.root()).isEmpty()
        && spentOf(value.root()).noneMatch(key -> key.isWithin(value) || value.isWithin(key));
  }

  private void number(AccessPath value) {
    if (numbers.putIfAbsent(value.root(), numbers.size()) == null) {
      parts(value.root()).values().forEach(this::number);
    }
  }

  private AccessPath renamed(AccessPath value) {
    int trunk = requireNonNull(trunks.get(value.root())).path().size();
    List<String> path = value.path();
    return new AccessPath(
        requireNonNull(numbers.get(value.root())),
        path.subList(Math.min(trunk, path.size()), path.size()));
  }

  private Map<Integer, Map<String, AccessPath>> renamedRecords() {
    Map<Integer, Map<String, AccessPath>> records = new HashMap<>();
    numbers.forEach(
        (root, number) -> {
          Map<String, AccessPath> parts = new LinkedHashMap<>(parts(root));
          if (!parts.isEmpty()) {
            parts.replaceAll((accessor, part) -> renamed(part));
            records.put(number, parts);
          }
        });
    return records;
  }

  private Map<AccessPath, Spending> renamedSpent() {
    Map<AccessPath, Spending> kept = new HashMap<>();
    for (int root : numbers.keySet()) {
      AccessPath trunk = requireNonNull(trunks.get(root));
      spentOf(root)
          .filter(key -> key.isWithin(trunk) || trunk.isWithin(key))
          .forEach(key -> kept.putIfAbsent(renamed(key), requireNonNull(store.spent().get(key))));
    }
    return kept;
  }

  /** Returns the reachable parts of a record, which may itself be unreachable. */
  private Map<String, AccessPath> parts(int root) {
    return whole.contains(root) ? store.parts(AccessPath.root(root)) : Map.of();
  }

  private Stream<AccessPath> spentOf(int root) {
    return spent.get(root).stream();
  }
}
