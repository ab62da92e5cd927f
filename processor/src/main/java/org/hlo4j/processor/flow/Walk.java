package org.hlo4j.processor.flow;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * A walk through one body, in the order in which it runs: what javac knows of it, where the walk
 * stands, and what it has found. Its steps are those that an expression is made of.
 */
final class Walk {
  /** Rounds through loops in loops multiply; nobody waits for more. */
  private static final int MOST_ROUNDS = 5_000;

  final Symbols symbols;
  final Signatures signatures;
  final Findings findings = new Findings();
  final Exits exits = new Exits();
  final Jumps jumps = new Jumps();
  final Expressions expressions = new Expressions(this);
  final Statements statements = new Statements(this);
  final Switches switches = new Switches(this);

  /** Where the walk stands. */
  State state = State.START;

  private final Slots slots = new Slots();
  private final Lifetimes lifetimes;
  private int rounds;

  Walk(Symbols symbols, Signatures signatures) {
    this.symbols = symbols;
    this.signatures = signatures;
    this.lifetimes = Lifetimes.of(symbols);
  }

  /** Forgets what is not mentioned any more after a tree that has been walked through. */
  void forget(Tree tree) {
    state = state.map(world -> world.without(slot -> lifetimes.isOver(slots.variable(slot), tree)));
  }

  /**
   * Walks through what may run at another time, if at all: it sees what is so here, and what it
   * does is not seen here.
   */
  void aside(Runnable walk) {
    State here = state;
    var unused = exits.during(walk);
    state = here;
  }

  /** Leaves for a target, if it is known, so that what follows is not reached. */
  void leave(@Nullable Tree target) {
    if (target != null) {
      exits.leave(target, state);
    }
    state = State.NOWHERE;
  }

  /** A round through a loop begins. */
  void countRound() {
    rounds++;
    if (rounds > MOST_ROUNDS) {
      throw new IllegalStateException("too many loops in loops");
    }
  }

  /** A variable is mentioned: what it holds is answered. */
  void read(VariableElement variable, IdentifierTree tree) {
    int held = slots.of(variable);
    int slot = slots.of(tree);
    Mention mention = new Mention(tree, tree.getName().toString());
    state = state.map(world -> world.read(held, slot, mention));
  }

  /** A variable gets what an expression has answered, or something new. */
  void assign(VariableElement variable, Tree from) {
    int held = slots.of(variable);
    int slot = slots.of(from);
    state = state.map(world -> world.assign(held, slot));
  }

  /** A tree answers what another one has answered. */
  void forward(Tree from, Tree to) {
    int source = slots.of(from);
    int target = slots.of(to);
    state = state.map(world -> world.forward(source, target));
  }

  /** A tree answers a part of what another one has answered. */
  void part(Tree from, String accessor, Tree to) {
    int source = slots.of(from);
    int target = slots.of(to);
    state = state.map(world -> world.part(source, accessor, target));
  }

  /** A tree answers a record that is made of what others have answered. */
  void construct(ExpressionTree tree, String text, Map<String, ExpressionTree> components) {
    Map<String, Integer> sources = new LinkedHashMap<>();
    components.forEach((accessor, component) -> sources.put(accessor, slots.of(component)));
    int slot = slots.of(tree);
    Mention mention = new Mention(tree, text);
    state = state.map(world -> world.construct(slot, mention, sources));
  }

  /** What a tree has answered is not needed any more. */
  void drop(Tree tree) {
    int slot = slots.of(tree);
    state = state.map(world -> world.drop(slot));
  }

  /**
   * What an expression has answered is used.
   *
   * @param parts whether each of its parts is
   * @param sameCall whether what the user donates itself is spent already
   */
  void use(ExpressionTree expression, Tree user, boolean parts, boolean sameCall) {
    int slot = slots.of(expression);
    findings.look(new Findings.Place(expression, user, sameCall), state, slot, parts);
    state = state.map(world -> world.use(slot, parts));
  }

  /** What an expression has answered is taken away. */
  void spend(ExpressionTree expression, ExpressionTree call, String method) {
    int slot = slots.of(expression);
    state = state.map(world -> world.spend(slot, call, method));
  }
}
