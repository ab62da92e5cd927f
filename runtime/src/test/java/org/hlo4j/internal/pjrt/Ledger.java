package org.hlo4j.internal.pjrt;

import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What the plugin has made and not destroyed, and what was wrong with how it was used. */
final class Ledger {
  private final Map<Long, String> open = new ConcurrentHashMap<>();
  private final Map<Long, Integer> references = new ConcurrentHashMap<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicLong created = new AtomicLong();

  void created(String kind, long handle) {
    if (handle == 0) {
      return;
    }
    created.incrementAndGet();
    String before = open.put(handle, kind);
    if (before != null) {
      violations.add("a %s is at the place of a %s that is still open".formatted(kind, before));
    }
  }

  void destroyed(String kind, long handle) {
    if (!kind.equals(open.remove(handle))) {
      violations.add("a %s is destroyed that is not there".formatted(kind));
    }
    if (references.getOrDefault(handle, 0) != 0) {
      violations.add("a %s is destroyed that is still referenced".formatted(kind));
    }
  }

  void used(String function, String kind, long handle) {
    if (!kind.equals(open.get(handle))) {
      violations.add("%s gets a %s that is not there".formatted(function, kind));
    }
  }

  void referenced(long handle, int change) {
    int unused = references.merge(handle, change, Integer::sum);
  }

  long created() {
    return created.get();
  }

  /** How many of each kind are open. */
  Map<String, Integer> open() {
    Map<String, Integer> counts = new TreeMap<>();
    open.values().forEach(kind -> counts.merge(kind, 1, Integer::sum));
    return counts;
  }

  Queue<String> violations() {
    return violations;
  }
}
