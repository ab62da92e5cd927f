package org.hlo4j.processor.donation;

import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.WhileLoopTree;
import java.util.List;
import java.util.function.Supplier;
import org.hlo4j.processor.donation.state.State;
import org.jspecify.annotations.Nullable;

/** Walks loops repeatedly, until a fixed point is reached. */
record LoopWalk(Walk walk) {
  /** The number of rounds after which states are widened, to ensure termination. */
  private static final int LONGEST_EXACT_WALK = 8;

  void run(WhileLoopTree tree) {
    repeat(tree, tree.getCondition(), tree.getStatement(), List.of());
  }

  void run(DoWhileLoopTree tree) {
    Supplier<State> round =
        () -> {
          body(tree.getStatement());
          return test(tree.getCondition());
        };
    repeat(tree, tree.getStatement(), round);
  }

  void run(ForLoopTree tree) {
    tree.getInitializer().forEach(walk.statements::run);
    repeat(tree, tree.getCondition(), tree.getStatement(), tree.getUpdate());
  }

  private void repeat(
      Tree loop,
      @Nullable ExpressionTree condition,
      StatementTree body,
      List<? extends StatementTree> update) {
    Supplier<State> round =
        () -> {
          State exit = test(condition);
          body(body);
          update.forEach(walk.statements::run);
          return exit;
        };
    repeat(loop, body, round);
  }

  void run(EnhancedForLoopTree tree) {
    walk.expressions.use(tree.getExpression());
    Supplier<State> round =
        () -> {
          State exit = walk.state;
          walk.statements.run(tree.getVariable());
          body(tree.getStatement());
          return exit;
        };
    repeat(tree, tree.getStatement(), round);
  }

  /**
   * Repeats a round from all states from which it may begin.
   *
   * @param round walks the loop once, and returns its exit state
   */
  private void repeat(Tree loop, StatementTree body, Supplier<State> round) {
    State begin = State.NOWHERE;
    State next = State.NOWHERE.join(walk.state);
    State exit = State.NOWHERE;
    for (int i = 0; !next.sameAs(begin); i++) {
      walk.countRound();
      begin = next;
      walk.state = begin;
      var unused = walk.jumps.take(loop);
      exit = walk.jumps.inLoop(loop, body, round);
      next = begin.join(walk.state);
      if (i >= LONGEST_EXACT_WALK) {
        next = next.widened();
      }
    }
    walk.state = exit.join(walk.jumps.take(loop));
  }

  /** Evaluates a condition, and returns the exit state. */
  private State test(@Nullable ExpressionTree condition) {
    walk.expressions.ignore(condition);
    return isAlways(condition) ? State.NOWHERE : walk.state;
  }

  private void body(StatementTree body) {
    walk.statements.run(body);
    walk.state = walk.state.join(walk.jumps.take(body));
    walk.forget(body);
  }

  private static boolean isAlways(@Nullable ExpressionTree condition) {
    ExpressionTree inner = condition;
    while (inner instanceof ParenthesizedTree parenthesized) {
      inner = parenthesized.getExpression();
    }
    return inner == null
        || (inner instanceof LiteralTree literal && Boolean.TRUE.equals(literal.getValue()));
  }
}
