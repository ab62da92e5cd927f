package org.hlo4j.processor.donation.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The donated values of one store. A value is spent if it or an enclosing value was donated.
 *
 * @param records the components of the records that the body constructs, by their accessors
 * @param spent the values that were donated
 */
record SpentValues(Map<Integer, Map<String, AccessPath>> records, Map<AccessPath, Spending> spent) {
  /**
   * Returns the donation that spent a value, preferably an unreported one.
   *
   * @param parts whether spent parts count, too
   */
  @Nullable Spending find(AccessPath value, boolean parts) {
    Spending found = null;
    for (AccessPath key : keys(value, parts)) {
      Spending spending = spent.get(key);
      if (found == null || (found.reported() && spending != null && !spending.reported())) {
        found = spending;
      }
    }
    return found;
  }

  /** Returns the donations after that of a value, with all its components. */
  Map<AccessPath, Spending> with(AccessPath value, Spending spending) {
    Map<AccessPath, Spending> changed = new HashMap<>(spent);
    for (AccessPath part : madeOf(value)) {
      // A certain donation is kept: a use of it is reported once.
      changed.merge(part, spending, (before, now) -> before.certain() ? before : now);
    }
    return changed;
  }

  /** Returns the donations after a report of a use of a value. */
  Map<AccessPath, Spending> reported(AccessPath value, boolean parts) {
    Set<AccessPath> keys = keys(value, parts);
    if (keys.isEmpty()) {
      return spent;
    }
    Map<AccessPath, Spending> changed = new HashMap<>(spent);
    for (AccessPath key : keys) {
      changed.computeIfPresent(key, (same, spending) -> spending.asReported());
    }
    return changed;
  }

  /** Returns the keys of the donations that spent a value. */
  private Set<AccessPath> keys(AccessPath value, boolean parts) {
    Set<AccessPath> keys = new LinkedHashSet<>();
    for (AccessPath one : parts ? madeOf(value) : List.of(value)) {
      for (int length = 0; length <= one.path().size(); length++) {
        keys.add(one.prefix(length));
      }
      if (parts) {
        spent.keySet().stream().filter(key -> key.isWithin(one)).forEach(keys::add);
      }
    }
    keys.retainAll(spent.keySet());
    return keys;
  }

  /** Returns a value and, if the body constructs it as a record, its components. */
  private List<AccessPath> madeOf(AccessPath value) {
    List<AccessPath> all = new ArrayList<>();
    all.add(value);
    if (value.isRoot()) {
      for (AccessPath part : records.getOrDefault(value.root(), Map.of()).values()) {
        all.addAll(madeOf(part));
      }
    }
    return all;
  }
}
