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
 * Used once, by one thread.
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

  /** Makes the names and Refs stand for the loop's parameters. */
  void enter() {
    Renaming values = new Renaming();
    rebind(initial, parameters, values);
    rebindFutures(initial, parameters, values);
  }

  /** Makes the names and Refs stand for the loop's results. */
  void leave() {
    rebind(yields, results, new Renaming());
    rebindFutures(yields, results, new Renaming());
  }

  /**
   * Makes the tensors of names and Refs fresh ones.
   *
   * @param before gets what they were
   * @param after gets what they are then
   * @param values is told which stands for which
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

  /** The same for futures, whose calls then read other values, as far as these are known. */
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

  /** Returns the loop, which does not carry what every round leaves as it is. */
  Step loop(long rounds, List<Step> body, int line) {
    Renaming outside = new Renaming();
    Step loop =
        new Step.Repeat(rounds, initial, parameters, body, yields, results, line)
            .withoutConstants(outside);
    scope.rename(outside);
    return loop;
  }
}
