package org.hlo4j.processor.donation;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.Tree;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.VariableElement;
import org.hlo4j.processor.donation.report.Findings;
import org.hlo4j.processor.donation.source.DonatingSignatures;
import org.hlo4j.processor.donation.source.Lifetimes;
import org.hlo4j.processor.donation.source.Symbols;
import org.hlo4j.processor.donation.state.Mention;
import org.hlo4j.processor.donation.state.State;
import org.jspecify.annotations.Nullable;

/**
 * A walk through one body in evaluation order, with the current state and the findings so far.
 * Provides the steps of expressions.
 */
final class Walk {
  /** A limit for nested loops, whose rounds multiply. */
  private static final int MOST_ROUNDS = 5_000;

  final Symbols symbols;
  final DonatingSignatures signatures;
  final Findings findings = new Findings();
  final Jumps jumps = new Jumps();
  final Expressions expressions = new Expressions(this);
  final Statements statements = new Statements(this);
  final Switches switches = new Switches(this);

  State state = State.START;

  /** The slots of the variables and trees of the body, in the order of their first use. */
  private final Map<Object, Integer> slots = new HashMap<>();

  private final Map<Integer, VariableElement> variables = new HashMap<>();
  private final Lifetimes lifetimes;
  private int rounds;

  Walk(Symbols symbols, DonatingSignatures signatures) {
    this.symbols = symbols;
    this.signatures = signatures;
    this.lifetimes = Lifetimes.of(symbols);
  }

  /** Forgets variables that are no longer mentioned after a walked tree. */
  void forget(Tree tree) {
    state = state.map(store -> store.without(slot -> lifetimes.isOver(variable(slot), tree)));
  }

  private int slot(Object treeOrVariable) {
    return slots.computeIfAbsent(treeOrVariable, met -> slots.size());
  }

  private int slot(VariableElement variable) {
    int slot = slot((Object) variable);
    variables.put(slot, variable);
    return slot;
  }

  private VariableElement variable(int slot) {
    return requireNonNull(variables.get(slot));
  }

  /**
   * Walks code that may run at another time: it sees the current state; its effects are discarded.
   */
  void aside(Runnable walk) {
    State here = state;
    var unused = jumps.during(walk);
    state = here;
  }

  /** Leaves for a target, if known; what follows is unreachable. */
  void leave(@Nullable Tree target) {
    if (target != null) {
      jumps.leave(target, state);
    }
    state = State.NOWHERE;
  }

  /** Counts a round of a loop. */
  void countRound() {
    rounds++;
    if (rounds > MOST_ROUNDS) {
      throw new IllegalStateException("too many nested loops");
    }
  }

  void read(VariableElement variable, IdentifierTree tree) {
    int held = slot(variable);
    int slot = slot(tree);
    Mention mention = new Mention(tree, tree.getName().toString());
    state = state.map(store -> store.read(held, slot, mention));
  }

  void assign(VariableElement variable, Tree from) {
    int held = slot(variable);
    int slot = slot(from);
    state = state.map(store -> store.assign(held, slot));
  }

  void forward(Tree from, Tree to) {
    int source = slot(from);
    int target = slot(to);
    state = state.map(store -> store.forward(source, target));
  }

  void part(Tree from, String accessor, Tree to) {
    int source = slot(from);
    int target = slot(to);
    state = state.map(store -> store.part(source, accessor, target));
  }

  void construct(ExpressionTree tree, String text, Map<String, ExpressionTree> components) {
    Map<String, Integer> sources = new LinkedHashMap<>();
    components.forEach((accessor, component) -> sources.put(accessor, slot(component)));
    int slot = slot(tree);
    Mention mention = new Mention(tree, text);
    state = state.map(store -> store.construct(slot, mention, sources));
  }

  void drop(Tree tree) {
    int slot = slot(tree);
    state = state.map(store -> store.drop(slot));
  }

  /**
   * Uses the value of an expression.
   *
   * @param parts whether each of its parts is used
   * @param sameCall whether the user's own donations have already happened
   */
  void use(ExpressionTree expression, Tree user, boolean parts, boolean sameCall) {
    int slot = slot(expression);
    findings.look(new Findings.Place(expression, user, sameCall), state, slot, parts);
    state = state.map(store -> store.use(slot, parts));
  }

  void spend(ExpressionTree expression, ExpressionTree call, String method) {
    int slot = slot(expression);
    state = state.map(store -> store.spend(slot, call, method));
  }
}
