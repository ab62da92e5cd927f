package org.hlo4j.processor.donation;

import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.lang.model.element.Name;
import org.hlo4j.processor.donation.state.State;
import org.jspecify.annotations.Nullable;

/**
 * The targets of {@code break}, {@code continue} and {@code yield}: the statement or expression
 * that they end, or the body of the loop that they continue; and the states of paths that have left
 * for a target, or out of the walk.
 */
final class Jumps {
  private final Deque<Tree> breakable = new ArrayDeque<>();
  private final Deque<StatementTree> bodies = new ArrayDeque<>();
  private final Deque<Tree> switchExpressions = new ArrayDeque<>();
  private final Map<Name, StatementTree> labelled = new HashMap<>();
  private final Map<Tree, StatementTree> bodyOf = new HashMap<>();

  /** The states of paths that have left for a target and not reached it. */
  private Map<Tree, State> pending = new LinkedHashMap<>();

  /** Records a path to a target from a state. */
  void leave(Tree target, State state) {
    pending.merge(target, state, State::join);
  }

  /** Returns and removes the states of paths to a target that is reached. */
  State take(Tree target) {
    State state = pending.remove(target);
    return state == null ? State.NOWHERE : state;
  }

  /**
   * Returns the paths that leave during a part of the walk; earlier ones are set aside meanwhile.
   */
  Map<Tree, State> during(Runnable walk) {
    Map<Tree, State> before = pending;
    pending = new LinkedHashMap<>();
    try {
      walk.run();
      return pending;
    } finally {
      pending = before;
    }
  }

  void label(LabeledStatementTree tree) {
    labelled.put(tree.getLabel(), tree.getStatement());
  }

  State inLoop(Tree loop, StatementTree body, Supplier<State> walk) {
    bodyOf.put(loop, body);
    bodies.push(body);
    breakable.push(loop);
    State end = walk.get();
    breakable.pop();
    bodies.pop();
    return end;
  }

  /** Walks a switch statement. */
  void inSwitch(Tree tree, Runnable walk) {
    breakable.push(tree);
    walk.run();
    breakable.pop();
  }

  void inSwitchExpression(Tree tree, Runnable walk) {
    switchExpressions.push(tree);
    walk.run();
    switchExpressions.pop();
  }

  /** Null for invalid sources, which javac reports; likewise below. */
  @Nullable Tree targetOfBreak(@Nullable Name label) {
    return label == null ? breakable.peek() : labelled.get(label);
  }

  @Nullable Tree targetOfContinue(@Nullable Name label) {
    return label == null ? bodies.peek() : bodyOf.get(labelled.get(label));
  }

  @Nullable Tree targetOfYield() {
    return switchExpressions.peek();
  }
}
