package org.hlo4j.processor.pipeline.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Reads;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;
import org.jspecify.annotations.Nullable;

/**
 * Assigns a loop's values to buffers like XLA's buffer assignment: a call may overwrite an input
 * without later readers, unless it is in flight or split. If a round yields a value in another
 * buffer than its parameter's, further rounds may bring it back. A loop needs no copies if it is
 * unrolled by the number of rounds that brings all values back.
 */
public final class BufferAssignment {
  /** The longest period that is unrolled: more rounds would make the body too long. */
  public static final int LONGEST = 8;

  private final Map<FlowValue, Integer> buffers = new HashMap<>();
  private final Map<Integer, Long> sizes = new HashMap<>();
  private int next;

  private BufferAssignment() {}

  /**
   * The number of rounds after which a loop's values return to their buffers.
   *
   * @param rounds the number of rounds; 0 if the values never return
   * @param buffers the number of buffers that the rounds need
   * @param why why the values never return; empty if they do
   */
  public record Period(int rounds, int buffers, String why) {}

  /** Returns the period of a loop that carries no futures. */
  public static Period of(Step.Repeat repeat) {
    return twice(repeat)
        .map(why -> new Period(0, 0, why))
        .orElseGet(() -> new BufferAssignment().simulate(repeat));
  }

  /**
   * Returns why a yielded value cannot be in its parameter's buffer: it is yielded twice, or outer.
   */
  private static Optional<String> twice(Step.Repeat repeat) {
    Set<Item> own = new LinkedHashSet<>(repeat.parameters());
    repeat.body().forEach(step -> own.addAll(Reads.definedBy(step)));
    Map<Item, String> seen = new HashMap<>();
    for (int i = 0; i < repeat.yields().size(); i++) {
      Item item = repeat.yields().get(i);
      String name = repeat.parameters().get(i).name();
      if (!own.contains(item)) {
        return Optional.of(
            "%s becomes %s, which is defined outside of the loop".formatted(name, item));
      }
      String other = seen.putIfAbsent(item, name);
      if (other != null) {
        return Optional.of("%s and %s become one value, %s".formatted(other, name, item));
      }
    }
    return Optional.empty();
  }

  private Period simulate(Step.Repeat repeat) {
    List<Integer> homes = new ArrayList<>();
    List<FlowValue> now = new ArrayList<>();
    for (Item parameter : repeat.parameters()) {
      FlowValue value = (FlowValue) parameter.fresh();
      homes.add(newBuffer(value));
      now.add(value);
    }
    for (int round = 1; round <= LONGEST; round++) {
      Renaming renaming = new Renaming();
      renaming.putAll(repeat.parameters(), now);
      List<Step> body = renaming.copy(repeat.body());
      List<FlowValue> exit =
          repeat.yields().stream().map(item -> renaming.of((FlowValue) item)).toList();
      round(body, now, exit, homes);
      now = exit;
      if (now.stream().map(buffers::get).toList().equals(homes)) {
        return new Period(round, next, "");
      }
    }
    String why =
        "its values return to their buffers only after more than %s rounds".formatted(LONGEST);
    return new Period(0, next, why);
  }

  private int newBuffer(FlowValue value) {
    int buffer = next;
    next++;
    sizes.put(buffer, value.shape().byteSize());
    buffers.put(value, buffer);
    return buffer;
  }

  private void round(
      List<Step> body, List<FlowValue> entry, List<FlowValue> exit, List<Integer> homes) {
    Map<FlowValue, Integer> places = places(body, exit);
    Set<Item> live = new LinkedHashSet<>(entry);
    for (int i = 0; i < body.size(); i++) {
      Set<Item> later = new LinkedHashSet<>(Reads.of(body.subList(i + 1, body.size())));
      later.addAll(exit);
      later.addAll(readUntilDone(body, i));
      step(body.get(i), live, later, places, homes);
    }
  }

  /** Returns the index at which each value is yielded, also through fences. */
  private static Map<FlowValue, Integer> places(List<Step> body, List<FlowValue> exit) {
    Map<FlowValue, Integer> places = new HashMap<>();
    for (int i = 0; i < exit.size(); i++) {
      places.put(exit.get(i), i);
    }
    for (Step step : body.reversed()) {
      if (step instanceof Step.Fence fence) {
        for (int i = 0; i < fence.inputs().size(); i++) {
          Integer place = places.get(fence.outputs().get(i));
          if (place != null) {
            places.putIfAbsent(fence.inputs().get(i), place);
          }
        }
      }
    }
    return places;
  }

  /** Returns the values read by calls in flight after a step. */
  private static Set<Item> readUntilDone(List<Step> body, int index) {
    Set<Item> read = new LinkedHashSet<>();
    for (int i = 0; i <= index; i++) {
      if (body.get(i) instanceof Step.Start start
          && body.subList(index + 1, body.size()).stream()
              .anyMatch(
                  step -> step instanceof Step.Done done && done.future().equals(start.future()))) {
        read.addAll(start.inputs());
      }
    }
    return read;
  }

  private void step(
      Step step,
      Set<Item> live,
      Set<Item> later,
      Map<FlowValue, Integer> places,
      List<Integer> homes) {
    if (step instanceof Step.Fence fence) {
      for (int i = 0; i < fence.inputs().size(); i++) {
        place(fence.outputs().get(i), buffers.get(fence.inputs().get(i)));
      }
      live.removeAll(fence.inputs());
      live.addAll(fence.outputs());
      return;
    }
    boolean inPlace =
        step instanceof Step.Repeat
            || (step instanceof Step.Run run && run.callee().split().isEmpty());
    if (inPlace) {
      live.removeIf(item -> !later.contains(item));
    }
    for (Item item : Reads.definedBy(step)) {
      if (item instanceof FlowValue value) {
        place(value, choose(value, live, places, homes));
        live.add(value);
      }
    }
    live.removeIf(item -> !later.contains(item));
  }

  private void place(FlowValue value, @Nullable Integer buffer) {
    if (buffer == null) {
      int unused = newBuffer(value);
    } else {
      buffers.put(value, buffer);
    }
  }

  /** Returns the buffer for a value: its parameter's, or else a free one; null for a new one. */
  private @Nullable Integer choose(
      FlowValue value, Set<Item> live, Map<FlowValue, Integer> places, List<Integer> homes) {
    Set<Integer> taken = new HashSet<>();
    for (Item item : live) {
      if (item instanceof FlowValue other && buffers.containsKey(other)) {
        taken.add(buffers.get(other));
      }
    }
    int place = places.getOrDefault(value, -1);
    if (place >= 0 && !taken.contains(homes.get(place))) {
      return homes.get(place);
    }
    for (int buffer = 0; buffer < next; buffer++) {
      boolean isHome = homes.contains(buffer);
      if (!taken.contains(buffer)
          && sizes.getOrDefault(buffer, 0L) == value.shape().byteSize()
          && (place >= 0 || !isHome)) {
        return buffer;
      }
    }
    return null;
  }
}
