package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.syntax.Name;

/**
 * The items that one loop carries: the tensors and futures of names, and the values of all Refs.
 * Single use; not thread-safe.
 */
final class LoopItems {
  private final NameScope scope;
  private final List<Name> carried;
  private final List<RefSlot> slots;
  private final List<Item> initial = new ArrayList<>();
  private final List<Item> parameters = new ArrayList<>();
  private final List<Item> yields = new ArrayList<>();
  private final List<Item> results = new ArrayList<>();

  LoopItems(NameScope scope, List<Name> carried) {
    this.scope = scope;
    this.carried = carried;
    this.slots = scope.refSlots();
  }

  /** Binds the names and Refs to the loop's parameters. */
  void enter() {
    Renaming values = new Renaming();
    rebind(initial, parameters, values);
    rebindFutures(initial, parameters, values);
  }

  /** Binds the names and Refs to the loop's results. */
  void leave() {
    rebind(yields, results, new Renaming());
    rebindFutures(yields, results, new Renaming());
  }

  /**
   * Rebinds names and Refs to new tensors.
   *
   * @param before receives the old tensors
   * @param after receives the new tensors
   * @param values records the replacements
   */
  private void rebind(List<Item> before, List<Item> after, Renaming values) {
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Tensors tensors) {
        List<FlowValue> fresh = tensors.values().stream().map(FlowValue::fresh).toList();
        before.addAll(tensors.values());
        after.addAll(fresh);
        values.putAll(tensors.values(), fresh);
        scope.put(name.text(), new Binding.Tensors(tensors.structure(), fresh));
      }
    }
    for (RefSlot slot : slots) {
      FlowValue fresh = slot.value().fresh();
      if (scope.isUndefined(slot.value())) {
        scope.markUndefined(fresh);
      }
      before.add(slot.value());
      after.add(fresh);
      values.put(slot.value(), fresh);
      slot.set(fresh);
    }
  }

  /** Rebinds futures likewise; their calls then read renamed values, where known. */
  private void rebindFutures(List<Item> before, List<Item> after, Renaming values) {
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Pending pending) {
        InFlightCall call = pending.call();
        Future fresh = call.future().fresh();
        before.add(call.future());
        after.add(fresh);
        scope.replace(name.text(), call, call.carried(fresh, scope.loopDepth(), values));
      }
    }
  }

  /** Returns the loop, which does not carry items that every round leaves unchanged. */
  Step loop(long rounds, List<Step> body, int line) {
    Renaming outside = new Renaming();
    Step loop =
        new Step.Repeat(rounds, initial, parameters, body, yields, results, line)
            .withoutConstants(outside);
    scope.rename(outside);
    return loop;
  }
}
