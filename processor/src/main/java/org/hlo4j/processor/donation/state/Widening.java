package org.hlo4j.processor.donation.state;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
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
 * Merges many stores into one, with less precision: variables have the same value if they do in
 * each store, and a value that is spent in some is possibly spent.
 */
final class Widening {
  private final List<Store> stores;

  /** The roots of the widened store, by their values in each store. */
  private final Map<List<AccessPath>, Integer> roots = new LinkedHashMap<>();

  private Widening(List<Store> stores) {
    this.stores = stores;
  }

  /** Returns a store that covers all stores. */
  static Store widen(List<Store> stores) {
    return new Widening(stores).widened();
  }

  private Store widened() {
    SortedMap<Integer, AccessPath> variables = new TreeMap<>();
    for (int slot : slots(store -> store.variables().keySet())) {
      // A missing variable has its own value.
      AccessPath own = AccessPath.root(-1 - slot);
      variables.put(slot, inAll(store -> store.variables().getOrDefault(slot, own)));
    }
    SortedMap<Integer, Store.OperandValue> operands = new TreeMap<>();
    for (int slot : slots(store -> store.operands().keySet())) {
      if (stores.stream().allMatch(store -> store.operand(slot) != null)) {
        Mention mention = requireNonNull(stores.get(0).operand(slot)).mention();
        AccessPath value = inAll(store -> requireNonNull(store.operand(slot)).value());
        operands.put(slot, new Store.OperandValue(value, mention));
      }
    }
    return new Store(variables, operands, Map.of(), spent(), roots.size());
  }

  private Set<Integer> slots(Function<Store, Set<Integer>> some) {
    Set<Integer> all = new TreeSet<>();
    stores.forEach(store -> all.addAll(some.apply(store)));
    return all;
  }

  private AccessPath inAll(Function<Store, AccessPath> some) {
    List<AccessPath> values = stores.stream().map(some).toList();
    return AccessPath.root(roots.computeIfAbsent(values, unused -> roots.size()));
  }

  private Map<AccessPath, Spending> spent() {
    Map<AccessPath, Spending> spent = new HashMap<>();
    roots.forEach(
        (values, root) -> {
          ListMultimap<List<String>, Spending> found =
              MultimapBuilder.linkedHashKeys().arrayListValues().build();
          for (int i = 0; i < stores.size(); i++) {
            spentOf(stores.get(i), values.get(i)).forEach(found::put);
          }
          for (List<String> path : found.keySet()) {
            spent.put(new AccessPath(root, path), widened(found.get(path)));
          }
        });
    return spent;
  }

  /** Returns the spent parts of a value, by their accessors. */
  private static Map<List<String>, Spending> spentOf(Store store, AccessPath value) {
    Spending whole = store.spentValues().find(value, false);
    if (whole != null) {
      return Map.of(List.of(), whole);
    }
    Map<List<String>, Spending> parts = new LinkedHashMap<>();
    Map<AccessPath, Spending> all = store.spent();
    all.forEach(
        (key, spending) -> {
          if (key.isWithin(value)) {
            parts.put(key.path().subList(value.path().size(), key.path().size()), spending);
          }
        });
    Map<String, AccessPath> components = store.parts(value);
    components.forEach(
        (accessor, made) ->
            spentOf(store, made)
                .forEach((path, spending) -> parts.put(below(accessor, path), spending)));
    parts.keySet().removeIf(path -> path.size() > AccessPath.LONGEST_PATH);
    return parts;
  }

  private static List<String> below(String accessor, List<String> path) {
    List<String> longer = new ArrayList<>(List.of(accessor));
    longer.addAll(path);
    return longer;
  }

  private Spending widened(List<Spending> spendings) {
    Spending open =
        spendings.stream().filter(one -> !one.reported()).findFirst().orElse(spendings.get(0));
    boolean certain =
        spendings.size() == stores.size() && spendings.stream().allMatch(Spending::certain);
    return new Spending(open.call(), open.donated(), open.method(), certain, open.reported());
  }
}
