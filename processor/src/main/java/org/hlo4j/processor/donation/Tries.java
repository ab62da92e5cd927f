package org.hlo4j.processor.donation;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import java.util.Map;
import org.hlo4j.processor.donation.state.State;

/**
 * Walks {@code try} statements. A block that throws is assumed to have had no effect: a failed
 * kernel donates nothing.
 */
record Tries(Walk walk) {
  void run(TryTree tree) {
    BlockTree last = tree.getFinallyBlock();
    if (last == null) {
      guarded(tree);
      return;
    }
    Map<Tree, State> exits = walk.jumps.during(() -> guarded(tree));
    State end = walk.state;
    walk.state = exits.values().stream().reduce(end, State::join);
    walk.statements.run(last);
    if (!exits.isEmpty()) {
      walk.findings.muted(
          () -> {
            exits.forEach((target, state) -> leave(state, last, target));
            walk.state = end;
            walk.statements.run(last);
          });
    }
  }

  private void leave(State state, BlockTree last, Tree target) {
    walk.state = state;
    walk.statements.run(last);
    walk.leave(target);
  }

  private void guarded(TryTree tree) {
    State begin = walk.state;
    for (Tree resource : tree.getResources()) {
      if (resource instanceof ExpressionTree expression) {
        walk.expressions.ignore(expression);
      } else {
        walk.statements.run(resource);
      }
    }
    walk.statements.run(tree.getBlock());
    State end = walk.state;
    for (CatchTree handler : tree.getCatches()) {
      walk.state = begin;
      walk.statements.run(handler.getParameter());
      walk.statements.run(handler.getBlock());
      end = end.join(walk.state);
    }
    walk.state = end;
  }
}
