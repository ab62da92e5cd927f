package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Value;
import org.jspecify.annotations.Nullable;

/** What names stand for at a point of a pipeline. Not safe for use by several threads. */
final class Scope {
  private static final Binding NOTHING = new Binding.Nothing();

  private final Map<String, Binding> bindings = new LinkedHashMap<>();
  private final List<Cell> cells = new ArrayList<>();
  private final List<Flight> flights = new ArrayList<>();

  /** What a name stands for. */
  Binding get(String name) {
    return bindings.getOrDefault(name, NOTHING);
  }

  void put(String name, Binding binding) {
    bindings.put(name, binding);
  }

  Collection<String> names() {
    return bindings.keySet();
  }

  void add(Cell cell) {
    cells.add(cell);
  }

  /** The slots of all variables. */
  List<Cell> cells() {
    return List.copyOf(cells);
  }

  void takeOff(Flight flight) {
    flights.add(flight);
  }

  void land(Flight flight) {
    flights.removeIf(other -> other.future().equals(flight.future()));
  }

  /** Puts a call in flight in the place of another, under a name. */
  void replace(String name, Flight flight, Flight other) {
    land(flight);
    takeOff(other);
    put(name, new Binding.Pending(other));
  }

  /** The first of the calls in flight of which something is true, or null if there is none. */
  @Nullable Flight inFlight(Predicate<Flight> what) {
    return flights.stream().filter(what).findFirst().orElse(null);
  }

  /** The values of names, in order; those of variables too. */
  Set<Value> valuesOf(Collection<String> names) {
    Set<Value> values = new LinkedHashSet<>();
    for (String name : names) {
      switch (get(name)) {
        case Binding.Tensors tensors -> values.addAll(tensors.values());
        case Binding.Variable variable ->
            variable.slots().forEach(slot -> values.add(slot.value()));
        default -> {
          // Holds no value.
        }
      }
    }
    return values;
  }

  /** Puts values in the places of others, wherever they are held. */
  void rename(Renaming renaming) {
    bindings.replaceAll((name, binding) -> renamed(binding, renaming));
    cells.forEach(cell -> cell.set(renaming.of(cell.value())));
    flights.replaceAll(flight -> renamed(flight, renaming));
  }

  private static Binding renamed(Binding binding, Renaming renaming) {
    return switch (binding) {
      case Binding.Tensors tensors ->
          new Binding.Tensors(tensors.structure(), renaming.ofValues(tensors.values()));
      case Binding.Pending pending -> new Binding.Pending(renamed(pending.flight(), renaming));
      default -> binding;
    };
  }

  private static Flight renamed(Flight flight, Renaming renaming) {
    return flight.seen(
        renaming.of(flight.future()),
        flight.level(),
        renaming.ofValues(flight.inputs()),
        renaming.ofValues(flight.givenAway()));
  }
}
