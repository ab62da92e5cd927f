package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.hlo4j.processor.message.Message;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.syntax.Name;
import org.jspecify.annotations.Nullable;

/** The bindings of names at a point of a pipeline, and the calls in flight. Not thread-safe. */
final class NameScope {
  private static final Binding NOTHING = new Binding.Nothing();

  private final Map<String, Binding> bindings = new LinkedHashMap<>();
  private final List<RefSlot> refSlots = new ArrayList<>();
  private final List<InFlightCall> inFlight = new ArrayList<>();

  /** The values of uninitialized slots. */
  private final Set<FlowValue> undefined = new LinkedHashSet<>();

  private int loopDepth;

  Binding get(String name) {
    return bindings.getOrDefault(name, NOTHING);
  }

  void put(String name, Binding binding) {
    bindings.put(name, binding);
  }

  Collection<String> names() {
    return bindings.keySet();
  }

  /** Binds the name of a target, which must be free to be assigned. */
  void bind(Name target, Binding binding) throws Refusal {
    switch (get(target.text())) {
      case Binding.Pending pending -> {
        String kernel = pending.call().signature().name();
        int line = pending.call().line();
        throw new Refusal(Message.FUTURE_OVERWRITTEN, target.span(), target, kernel, line);
      }
      case Binding.Ref unused -> throw new Refusal(Message.REF_ASSIGNED, target.span(), target);
      case Binding.Counter unused ->
          throw new Refusal(Message.COUNTER_ASSIGNED, target.span(), target);
      default -> put(target.text(), binding);
    }
  }

  void add(RefSlot slot) {
    refSlots.add(slot);
  }

  List<RefSlot> refSlots() {
    return List.copyOf(refSlots);
  }

  void markUndefined(FlowValue value) {
    undefined.add(value);
  }

  boolean isUndefined(FlowValue value) {
    return undefined.contains(value);
  }

  /** Returns the values of uninitialized slots. */
  Set<FlowValue> undefined() {
    return Set.copyOf(undefined);
  }

  /** Returns the number of loops around the next statement. */
  int loopDepth() {
    return loopDepth;
  }

  void enterLoop() {
    loopDepth++;
  }

  void leaveLoop() {
    loopDepth--;
  }

  void add(InFlightCall call) {
    inFlight.add(call);
  }

  void remove(InFlightCall call) {
    inFlight.removeIf(other -> other.future().equals(call.future()));
  }

  /** Replaces a named call in flight by another. */
  void replace(String name, InFlightCall call, InFlightCall other) {
    remove(call);
    add(other);
    put(name, new Binding.Pending(other));
  }

  /** Returns the first call in flight that matches, or null if none does. */
  @Nullable InFlightCall inFlight(Predicate<InFlightCall> what) {
    return inFlight.stream().filter(what).findFirst().orElse(null);
  }

  /** Returns the values of names, in order, and those of Refs. */
  Set<FlowValue> valuesOf(Collection<String> names) {
    Set<FlowValue> values = new LinkedHashSet<>();
    for (String name : names) {
      switch (get(name)) {
        case Binding.Tensors tensors -> values.addAll(tensors.values());
        case Binding.Ref ref -> ref.slots().forEach(slot -> values.add(slot.value()));
        default -> {} // Holds no value.
      }
    }
    return values;
  }

  /** Renames values in all bindings. */
  void rename(Renaming renaming) {
    bindings.replaceAll((name, binding) -> renamed(binding, renaming));
    refSlots.forEach(slot -> slot.set(renaming.of(slot.value())));
    inFlight.replaceAll(call -> renamed(call, renaming));
  }

  private static Binding renamed(Binding binding, Renaming renaming) {
    return switch (binding) {
      case Binding.Tensors tensors ->
          new Binding.Tensors(tensors.structure(), renaming.ofValues(tensors.values()));
      case Binding.Pending pending -> new Binding.Pending(renamed(pending.call(), renaming));
      default -> binding;
    };
  }

  private static InFlightCall renamed(InFlightCall call, Renaming renaming) {
    return call.seen(renaming.of(call.future()), call.loopDepth(), renaming);
  }
}
