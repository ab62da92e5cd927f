package org.hlo4j.processor.donation;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.Tree;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.VariableElement;

/** Assigns numbers to the variables and trees of a body, in the order of their first use. */
final class TreeSlots {
  private final Map<Object, Integer> slots = new HashMap<>();
  private final Map<Integer, VariableElement> variables = new HashMap<>();

  int of(VariableElement variable) {
    int slot = number(variable);
    variables.put(slot, variable);
    return slot;
  }

  int of(Tree tree) {
    return number(tree);
  }

  private int number(Object object) {
    return slots.computeIfAbsent(object, met -> slots.size());
  }

  VariableElement variable(int slot) {
    return requireNonNull(variables.get(slot));
  }
}
