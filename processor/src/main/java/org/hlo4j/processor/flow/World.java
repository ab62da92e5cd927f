package org.hlo4j.processor.flow;

import com.sun.source.tree.ExpressionTree;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One of the ways in which a body comes to a point: what each variable holds there, and what is
 * spent. It never changes. A variable that is not in it holds a value of its own that is not spent.
 *
 * @param variables what variables hold, by their slots
 * @param operands what expressions under evaluation have answered, by their slots
 * @param records the parts of those roots that are records made here, by their accessors
 * @param spent what was donated
 * @param roots the first number that is no root's
 */
record World(
    SortedMap<Integer, Value> variables,
    SortedMap<Integer, Operand> operands,
    Map<Integer, Map<String, Value>> records,
    Map<Value, Spending> spent,
    int roots) {
  /** Records that get deeper in each round of a loop must end somewhere. */
  private static final int DEEPEST_RECORD = 4;

  /** Where nothing has happened. */
  static final World EMPTY = new World(new TreeMap<>(), new TreeMap<>(), Map.of(), Map.of(), 0);

  /** An expression mentions a variable. */
  World read(int variable, int expression, Mention mention) {
    Value held = variables.get(variable);
    if (held != null) {
      return answer(expression, new Operand(held, mention));
    }
    Value own = Value.root(roots);
    SortedMap<Integer, Value> known = new TreeMap<>(variables);
    known.put(variable, own);
    return new World(known, operands, records, spent, roots + 1)
        .answer(expression, new Operand(own, mention));
  }

  /** A variable gets what an expression has answered, or something new. */
  World assign(int variable, int expression) {
    Operand operand = operands.get(expression);
    if (operand == null && !variables.containsKey(variable)) {
      return this;
    }
    SortedMap<Integer, Value> changed = new TreeMap<>(variables);
    if (operand == null) {
      changed.remove(variable);
    } else {
      changed.put(variable, operand.value());
    }
    return new World(changed, operands, records, spent, roots);
  }

  private World answer(int expression, Operand operand) {
    SortedMap<Integer, Operand> changed = new TreeMap<>(operands);
    changed.put(expression, operand);
    return new World(variables, changed, records, spent, roots);
  }

  /** An expression answers what another one has answered. */
  World forward(int from, int to) {
    Operand operand = operands.get(from);
    return operand == null ? this : answer(to, operand).drop(from);
  }

  /** An expression answers a part of what another one has answered. */
  World part(int from, String accessor, int to) {
    Operand operand = operands.get(from);
    if (operand == null) {
      return this;
    }
    Value whole = operand.value();
    Value made = parts(whole).get(accessor);
    if (made == null && whole.isDeepest()) {
      return this;
    }
    Value part = made == null ? whole.part(accessor) : made;
    return answer(to, new Operand(part, operand.mention().part(accessor)));
  }

  /** An expression is used up. */
  World drop(int expression) {
    if (!operands.containsKey(expression)) {
      return this;
    }
    SortedMap<Integer, Operand> changed = new TreeMap<>(operands);
    changed.remove(expression);
    return new World(variables, changed, records, spent, roots);
  }

  /**
   * An expression makes a record.
   *
   * @param components the expressions that its components come from, by their accessors
   */
  World construct(int expression, Mention mention, Map<String, Integer> components) {
    Map<String, Value> parts = new LinkedHashMap<>();
    components.forEach(
        (accessor, component) -> {
          Operand operand = operands.get(component);
          if (operand != null && depth(operand.value()) < DEEPEST_RECORD) {
            parts.put(accessor, operand.value());
          }
        });
    if (parts.isEmpty()) {
      return this;
    }
    Map<Integer, Map<String, Value>> known = new HashMap<>(records);
    known.put(roots, parts);
    return new World(variables, operands, known, spent, roots + 1)
        .answer(expression, new Operand(Value.root(roots), mention));
  }

  /** What a value was made of here, by the accessors. */
  Map<String, Value> parts(Value value) {
    return value.isRoot() ? records.getOrDefault(value.root(), Map.of()) : Map.of();
  }

  private int depth(Value value) {
    return parts(value).values().stream().mapToInt(part -> 1 + depth(part)).max().orElse(0);
  }

  /** What an expression has answered is used, which is reported where it is spent. */
  World use(int expression, boolean parts) {
    Operand operand = operands.get(expression);
    return operand == null ? this : withSpent(spentValues().reported(operand.value(), parts));
  }

  /** What an expression has answered is taken away. */
  World spend(int expression, ExpressionTree call, String method) {
    Operand operand = operands.get(expression);
    return operand == null
        ? this
        : withSpent(
            spentValues()
                .with(operand.value(), new Spending(call, operand.mention(), method, true, false)));
  }

  SpentValues spentValues() {
    return new SpentValues(records, spent);
  }

  private World withSpent(Map<Value, Spending> changed) {
    return new World(variables, operands, records, changed, roots);
  }

  /** Forgets some variables. */
  World without(IntPredicate slots) {
    if (variables.keySet().stream().noneMatch(slots::test)) {
      return this;
    }
    SortedMap<Integer, Value> kept = new TreeMap<>(variables);
    kept.keySet().removeIf(slots::test);
    return new World(kept, operands, records, spent, roots);
  }

  @Nullable Operand operand(int expression) {
    return operands.get(expression);
  }
}
