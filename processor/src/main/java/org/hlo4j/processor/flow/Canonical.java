package org.hlo4j.processor.flow;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
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
 * Rewrites a world so that two that say the same become equal: roots are numbered in the order in
 * which variables hold them, and what nobody can come to any more is left out.
 */
final class Canonical {
  private final World world;

  /** What is held of each root, in the order of the holders. */
  private final Map<Integer, List<Value>> held = new LinkedHashMap<>();

  /** The roots that are held themselves. */
  private final Set<Integer> whole = new HashSet<>();

  /** What all that is held of a root is a part of; it takes the root's place. */
  private final Map<Integer, Value> trunks = new HashMap<>();

  /** What is spent of each root. */
  private final Map<Integer, List<Value>> spent = new HashMap<>();

  private final Map<Integer, Integer> numbers = new LinkedHashMap<>();

  private Canonical(World world) {
    this.world = world;
    world.variables().values().forEach(this::hold);
    world.operands().values().forEach(operand -> hold(operand.value()));
    held.forEach((root, values) -> trunks.put(root, trunk(values)));
    world
        .spent()
        .keySet()
        .forEach(key -> spent.computeIfAbsent(key.root(), root -> new ArrayList<>()).add(key));
  }

  static World of(World world) {
    return new Canonical(world).rewrite();
  }

  private void hold(Value value) {
    List<Value> holders = held.computeIfAbsent(value.root(), root -> new ArrayList<>());
    holders.add(value);
    if (value.isRoot() && whole.add(value.root())) {
      world.parts(value).values().forEach(this::hold);
    }
  }

  private Value trunk(List<Value> values) {
    Value trunk = values.get(0);
    for (Value value : values) {
      while (!value.isWithin(trunk)) {
        trunk = trunk.prefix(trunk.path().size() - 1);
      }
    }
    return trunk;
  }

  private World rewrite() {
    SortedMap<Integer, Value> variables = new TreeMap<>(world.variables());
    variables.values().removeIf(this::isAsGoodAsNew);
    variables.values().forEach(this::number);
    world.operands().values().forEach(operand -> number(operand.value()));

    variables.replaceAll((slot, value) -> renamed(value));
    SortedMap<Integer, Operand> operands = new TreeMap<>(world.operands());
    operands.replaceAll(
        (slot, operand) -> new Operand(renamed(operand.value()), operand.mention()));
    return new World(variables, operands, renamedRecords(), renamedSpent(), numbers.size());
  }

  /** What one variable holds, and what is neither spent nor made of anything. */
  private boolean isAsGoodAsNew(Value value) {
    return requireNonNull(held.get(value.root())).size() == 1
        && parts(value.root()).isEmpty()
        && spentOf(value.root()).noneMatch(key -> key.isWithin(value) || value.isWithin(key));
  }

  private void number(Value value) {
    if (numbers.putIfAbsent(value.root(), numbers.size()) == null) {
      parts(value.root()).values().forEach(this::number);
    }
  }

  private Value renamed(Value value) {
    int trunk = requireNonNull(trunks.get(value.root())).path().size();
    List<String> path = value.path();
    return new Value(
        requireNonNull(numbers.get(value.root())),
        path.subList(Math.min(trunk, path.size()), path.size()));
  }

  private Map<Integer, Map<String, Value>> renamedRecords() {
    Map<Integer, Map<String, Value>> records = new HashMap<>();
    numbers.forEach(
        (root, number) -> {
          Map<String, Value> parts = new LinkedHashMap<>(parts(root));
          if (!parts.isEmpty()) {
            parts.replaceAll((accessor, part) -> renamed(part));
            records.put(number, parts);
          }
        });
    return records;
  }

  private Map<Value, Spending> renamedSpent() {
    Map<Value, Spending> kept = new HashMap<>();
    for (int root : numbers.keySet()) {
      Value trunk = requireNonNull(trunks.get(root));
      spentOf(root)
          .filter(key -> key.isWithin(trunk) || trunk.isWithin(key))
          .forEach(key -> kept.putIfAbsent(renamed(key), requireNonNull(world.spent().get(key))));
    }
    return kept;
  }

  /** What can be come to; of a record that nobody holds any more, some parts may still be held. */
  private Map<String, Value> parts(int root) {
    return whole.contains(root) ? world.parts(Value.root(root)) : Map.of();
  }

  private Stream<Value> spentOf(int root) {
    return spent.getOrDefault(root, List.of()).stream();
  }
}
