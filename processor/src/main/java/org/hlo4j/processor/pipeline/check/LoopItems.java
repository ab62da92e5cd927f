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
    int level = calls.level();
    Renaming values = new Renaming();
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Tensors tensors) {
        List<Value> fresh = tensors.values().stream().map(Value::fresh).toList();
        initial.addAll(tensors.values());
        parameters.addAll(fresh);
        values.putAll(tensors.values(), fresh);
        scope.put(name.text(), new Binding.Tensors(tensors.structure(), fresh));
      }
    }
    for (Cell cell : cells) {
      Value fresh = cell.value().fresh();
      if (checker.isUndefined(cell.value())) {
        checker.markUndefined(fresh);
      }
      initial.add(cell.value());
      parameters.add(fresh);
      values.put(cell.value(), fresh);
      cell.set(fresh);
    }
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Pending pending) {
        Flight flight = pending.flight();
        Future fresh = flight.future().fresh();
        initial.add(flight.future());
        parameters.add(fresh);
        scope.replace(
            name.text(),
            flight,
            flight.carried(
                fresh,
                level,
                values.ofValues(flight.inputs()),
                values.ofValues(flight.givenAway())));
      }
    }
  }

  /** Makes the names and variables stand for the loop's results. */
  void leave() {
    int level = calls.level();
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Tensors tensors) {
        List<Value> after = tensors.values().stream().map(Value::fresh).toList();
        yields.addAll(tensors.values());
        results.addAll(after);
        scope.put(name.text(), new Binding.Tensors(tensors.structure(), after));
      }
    }
    for (Cell cell : cells) {
      Value result = cell.value().fresh();
      if (checker.isUndefined(cell.value())) {
        checker.markUndefined(result);
      }
      yields.add(cell.value());
      results.add(result);
      cell.set(result);
    }
    for (Name name : carried) {
      if (scope.get(name.text()) instanceof Binding.Pending pending) {
        Flight flight = pending.flight();
        Future result = flight.future().fresh();
        yields.add(flight.future());
        results.add(result);
        scope.replace(
            name.text(),
            flight,
            flight.carried(result, level, flight.inputs(), flight.givenAway()));
      }
    }
  }

  /** The loop; what every round leaves as it is need not be carried. */
  Step loop(long rounds, List<Step> body, int line) {
    Renaming constants = new Renaming();
    Renaming outside = new Renaming();
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      if (yields.get(i).equals(parameters.get(i))) {
        constants.put(parameters.get(i), initial.get(i));
        outside.put(results.get(i), initial.get(i));
      } else {
        kept.add(i);
      }
    }
    scope.rename(outside);
    return new Step.Repeat(
        rounds,
        kept.stream().map(initial::get).toList(),
        kept.stream().map(parameters::get).toList(),
        constants.uses(body),
        constants.ofItems(kept.stream().map(yields::get).toList()),
        kept.stream().map(results::get).toList(),
        line);
  }
}
