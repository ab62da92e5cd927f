package org.hlo4j.processor.pipeline.check;

import java.util.ArrayList;
import java.util.List;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;
import org.hlo4j.processor.pipeline.graph.Value;
import org.hlo4j.processor.pipeline.syntax.Name;

/**
 * What one loop carries: the tensors and futures of names, and the values of all variables. Used
 * once, by one thread.
 */
final class LoopItems {
  private final PipelineChecker checker;
  private final Scope scope;
  private final Calls calls;
  private final List<Name> carried;
  private final List<Cell> cells;
  private final List<Item> initial = new ArrayList<>();
  private final List<Item> parameters = new ArrayList<>();
  private final List<Item> yields = new ArrayList<>();
  private final List<Item> results = new ArrayList<>();

  LoopItems(PipelineChecker checker, Scope scope, Calls calls, List<Name> carried) {
    this.checker = checker;
    this.scope = scope;
    this.calls = calls;
    this.carried = carried;
    this.cells = scope.cells();
  }

  /** Makes the names and variables stand for the loop's parameters. */
  void enter() {
    Renaming values = new Renaming();
    rebind(initial, parameters, values);
    rebindFutures(initial, parameters, values);
  }

  /** Makes the names and variables stand for the loop's results. */
  void leave() {
    rebind(yields, results, new Renaming());
    rebindFutures(yields, results, new Renaming());
  }

  /**
   * Makes the tensors of names and variables fresh ones.
   *
   * @param before gets what they were
   * @param after gets what they are then
   * @param values is told which stands for which
   */
  private void rebind(List<Item> before, List<Item> after, Renaming values) {
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Tensors tensors) {
        List<Value> fresh = tensors.values().stream().map(Value::fresh).toList();
        before.addAll(tensors.values());
        after.addAll(fresh);
        values.putAll(tensors.values(), fresh);
        scope.put(name.text(), new Binding.Tensors(tensors.structure(), fresh));
      }
    }
    for (Cell cell : cells) {
      Value fresh = cell.value().fresh();
      if (checker.isUndefined(cell.value())) {
        checker.markUndefined(fresh);
      }
      before.add(cell.value());
      after.add(fresh);
      values.put(cell.value(), fresh);
      cell.set(fresh);
    }
  }

  /** The same for futures, whose calls then read other values, as far as these are known. */
  private void rebindFutures(List<Item> before, List<Item> after, Renaming values) {
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Pending pending) {
        Flight flight = pending.flight();
        Future fresh = flight.future().fresh();
        before.add(flight.future());
        after.add(fresh);
        scope.replace(
            name.text(),
            flight,
            flight.carried(
                fresh,
                calls.level(),
                values.ofValues(flight.inputs()),
                values.ofValues(flight.givenAway())));
      }
    }
  }

  /** The loop; what every round leaves as it is need not be carried. */
  Step loop(long rounds, List<Step> body, int line) {
    Renaming outside = new Renaming();
    Step loop =
        new Step.Repeat(rounds, initial, parameters, body, yields, results, line)
            .withoutConstants(outside);
    scope.rename(outside);
    return loop;
  }
}
