package org.hlo4j.processor.donation.state;

import com.sun.source.tree.ExpressionTree;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The values of variables at a point of a body on one path, and the spent values. A missing
 * variable has its own, unspent value. Immutable.
 *
 * @param variables the values of variables, by their slots
 * @param operands the values of expressions under evaluation, by their slots
 * @param records the components of the records that the body constructs, by their accessors
 * @param spent the values that were donated
 */
public record Store(
    SortedMap<Integer, AccessPath> variables,
    SortedMap<Integer, OperandValue> operands,
    Map<Integer, Map<String, AccessPath>> records,
    Map<AccessPath, Spending> spent,
    int roots) {
  /** The value of a partially evaluated expression. */
  public record OperandValue(AccessPath value, Mention mention) {}

  /** The limit for records that nest deeper in each round of a loop. */
  private static final int DEEPEST_RECORD = 4;

  /** The store before a body. */
  static final Store EMPTY = new Store(new TreeMap<>(), new TreeMap<>(), Map.of(), Map.of(), 0);

  /** Evaluates a variable. */
  public Store read(int variable, int expression, Mention mention) {
    AccessPath held = variables.get(variable);
    if (held != null) {
      return answer(expression, new OperandValue(held, mention));
    }
    AccessPath own = AccessPath.root(roots);
    return new Store(with(variables, variable, own), operands, records, spent, roots + 1)
        .answer(expression, new OperandValue(own, mention));
  }

  /** Assigns the value of an expression, or something new, to a variable. */
  public Store assign(int variable, int expression) {
    OperandValue operand = operands.get(expression);
    if (operand == null && !variables.containsKey(variable)) {
      return this;
    }
    AccessPath value = operand == null ? null : operand.value();
    return new Store(with(variables, variable, value), operands, records, spent, roots);
  }

  private Store answer(int expression, @Nullable OperandValue operand) {
    return new Store(variables, with(operands, expression, operand), records, spent, roots);
  }

  /** Returns a copy of a map with a value in a slot, or without one if it is null. */
  private static <V> SortedMap<Integer, V> with(
      SortedMap<Integer, V> map, int slot, @Nullable V value) {
    SortedMap<Integer, V> changed = new TreeMap<>(map);
    changed.compute(slot, (same, before) -> value);
    return changed;
  }

  /** Moves the value of one expression to another. */
  public Store forward(int from, int to) {
    OperandValue operand = operands.get(from);
    return operand == null ? this : answer(to, operand).drop(from);
  }

  /** Moves a part of the value of one expression to another. */
  public Store part(int from, String accessor, int to) {
    OperandValue operand = operands.get(from);
    if (operand == null) {
      return this;
    }
    AccessPath whole = operand.value();
    AccessPath made = parts(whole).get(accessor);
    if (made == null && whole.isDeepest()) {
      return this;
    }
    AccessPath part = made == null ? whole.part(accessor) : made;
    return answer(to, new OperandValue(part, operand.mention().part(accessor)));
  }

  /** Forgets the value of an expression. */
  public Store drop(int expression) {
    return operands.containsKey(expression) ? answer(expression, null) : this;
  }

  /**
   * Constructs a record.
   *
   * @param components the expressions of its components, by their accessors
   */
  public Store construct(int expression, Mention mention, Map<String, Integer> components) {
    Map<String, AccessPath> parts = new LinkedHashMap<>();
    components.forEach(
        (accessor, component) -> {
          OperandValue operand = operands.get(component);
          if (operand != null && depth(operand.value()) < DEEPEST_RECORD) {
            parts.put(accessor, operand.value());
          }
        });
    if (parts.isEmpty()) {
      return this;
    }
    Map<Integer, Map<String, AccessPath>> known = new HashMap<>(records);
    known.put(roots, parts);
    return new Store(variables, operands, known, spent, roots + 1)
        .answer(expression, new OperandValue(AccessPath.root(roots), mention));
  }

  /** Returns the components of a record that the body constructs, by their accessors. */
  Map<String, AccessPath> parts(AccessPath value) {
    return value.isRoot() ? records.getOrDefault(value.root(), Map.of()) : Map.of();
  }

  private int depth(AccessPath value) {
    return parts(value).values().stream().mapToInt(part -> 1 + depth(part)).max().orElse(0);
  }

  /** Uses the value of an expression, which is reported if it is spent. */
  public Store use(int expression, boolean parts) {
    OperandValue operand = operands.get(expression);
    return operand == null ? this : withSpent(spentValues().reported(operand.value(), parts));
  }

  /** Spends the value of an expression. */
  public Store spend(int expression, ExpressionTree call, String method) {
    OperandValue operand = operands.get(expression);
    return operand == null
        ? this
        : withSpent(
            spentValues()
                .with(operand.value(), new Spending(call, operand.mention(), method, true, false)));
  }

  /**
   * Returns the call that spent the value of an expression, or null if none did.
   *
   * @param parts whether spent parts count, too
   */
  public @Nullable Spending spending(int expression, boolean parts) {
    OperandValue operand = operands.get(expression);
    return operand == null ? null : spentValues().find(operand.value(), parts);
  }

  SpentValues spentValues() {
    return new SpentValues(records, spent);
  }

  private Store withSpent(Map<AccessPath, Spending> changed) {
    return new Store(variables, operands, records, changed, roots);
  }

  /** Forgets variables by their slots. */
  public Store without(IntPredicate slots) {
    if (variables.keySet().stream().noneMatch(slots::test)) {
      return this;
    }
    SortedMap<Integer, AccessPath> kept = new TreeMap<>(variables);
    kept.keySet().removeIf(slots::test);
    return new Store(kept, operands, records, spent, roots);
  }

  public @Nullable OperandValue operand(int expression) {
    return operands.get(expression);
  }
}
