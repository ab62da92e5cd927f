package org.hlo4j.processor.flow;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes one world of many, which says less: variables hold the same if they do so in each world,
 * and what is spent in some is maybe spent.
 */
final class Blur {
  private final List<World> worlds;

  /** What a new root is in each of the worlds. */
  private final Map<List<Value>, Integer> roots = new LinkedHashMap<>();

  private Blur(List<World> worlds) {
    this.worlds = worlds;
  }

  static World of(List<World> worlds) {
    return new Blur(worlds).blurred();
  }

  private World blurred() {
    SortedMap<Integer, Value> variables = new TreeMap<>();
    for (int slot : slots(world -> world.variables().keySet())) {
      // A variable that is not there holds a value of its own.
      Value own = Value.root(-1 - slot);
      variables.put(slot, inAll(world -> world.variables().getOrDefault(slot, own)));
    }
    SortedMap<Integer, Operand> operands = new TreeMap<>();
    for (int slot : slots(world -> world.operands().keySet())) {
      if (worlds.stream().allMatch(world -> world.operand(slot) != null)) {
        Mention mention = requireNonNull(worlds.get(0).operand(slot)).mention();
        Value value = inAll(world -> requireNonNull(world.operand(slot)).value());
        operands.put(slot, new Operand(value, mention));
      }
    }
    return new World(variables, operands, Map.of(), spent(), roots.size());
  }

  private Set<Integer> slots(Function<World, Set<Integer>> some) {
    Set<Integer> all = new TreeSet<>();
    worlds.forEach(world -> all.addAll(some.apply(world)));
    return all;
  }

  private Value inAll(Function<World, Value> some) {
    List<Value> values = worlds.stream().map(some).toList();
    return Value.root(roots.computeIfAbsent(values, unused -> roots.size()));
  }

  private Map<Value, Spending> spent() {
    Map<Value, Spending> spent = new HashMap<>();
    roots.forEach(
        (values, root) -> {
          Map<List<String>, List<Spending>> found = new LinkedHashMap<>();
          for (int i = 0; i < worlds.size(); i++) {
            spentOf(worlds.get(i), values.get(i))
                .forEach(
                    (path, spending) ->
                        found.computeIfAbsent(path, first -> new ArrayList<>()).add(spending));
          }
          found.forEach((path, spendings) -> spent.put(new Value(root, path), blurred(spendings)));
        });
    return spent;
  }

  /** What is spent of a value, by the accessors that lead to it. */
  private static Map<List<String>, Spending> spentOf(World world, Value value) {
    Spending whole = world.spentValues().find(value, false);
    if (whole != null) {
      return Map.of(List.of(), whole);
    }
    Map<List<String>, Spending> parts = new LinkedHashMap<>();
    world
        .spent()
        .forEach(
            (key, spending) -> {
              if (key.isWithin(value)) {
                parts.put(key.path().subList(value.path().size(), key.path().size()), spending);
              }
            });
    world
        .parts(value)
        .forEach(
            (accessor, made) ->
                spentOf(world, made)
                    .forEach((path, spending) -> parts.put(below(accessor, path), spending)));
    parts.keySet().removeIf(path -> path.size() > Value.LONGEST_PATH);
    return parts;
  }

  private static List<String> below(String accessor, List<String> path) {
    List<String> longer = new ArrayList<>(List.of(accessor));
    longer.addAll(path);
    return longer;
  }

  private Spending blurred(List<Spending> spendings) {
    Spending open =
        spendings.stream().filter(one -> !one.reported()).findFirst().orElse(spendings.get(0));
    boolean certain =
        spendings.size() == worlds.size() && spendings.stream().allMatch(Spending::certain);
    return new Spending(open.call(), open.donated(), open.method(), certain, open.reported());
  }
}
