package org.hlo4j.processor.donation;

import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ConstantCaseLabelTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import java.util.List;
import org.hlo4j.processor.donation.state.State;

/** Walks switch statements and expressions, with and without arrows. */
record Switches(Walk walk) {
  void run(SwitchTree tree) {
    walk.jumps.inSwitch(
        tree,
        () -> {
          State unmatched = cases(tree, tree.getExpression(), tree.getCases());
          if (!isExhaustive(tree)) {
            walk.state = walk.state.join(unmatched);
          }
        });
    finish(tree, tree.getExpression());
  }

  /** Every exit is a {@code yield}, or an exception. */
  void run(SwitchExpressionTree tree) {
    walk.jumps.inSwitchExpression(
        tree,
        () -> {
          var unused = cases(tree, tree.getExpression(), tree.getCases());
        });
    walk.state = State.NOWHERE;
    finish(tree, tree.getExpression());
  }

  void leave(ExpressionTree value) {
    Tree target = walk.jumps.targetOfYield();
    walk.expressions.forward(value, target == null ? value : target);
    walk.leave(target);
  }

  private void finish(Tree tree, ExpressionTree selector) {
    walk.state = walk.state.join(walk.jumps.take(tree));
    walk.drop(selector);
  }

  /** Walks all cases, and returns the state in which none matches. */
  private State cases(Tree tree, ExpressionTree selector, List<? extends CaseTree> cases) {
    walk.expressions.evaluate(selector);
    State unmatched = walk.state;
    State fallen = State.NOWHERE;
    for (CaseTree one : cases) {
      walk.state = unmatched;
      one.getLabels().forEach(label -> match(label, selector));
      if (one.getGuard() != null) {
        walk.expressions.ignore(one.getGuard());
        unmatched = unmatched.join(walk.state);
      }
      walk.state = walk.state.join(fallen);
      if (one.getCaseKind() == CaseTree.CaseKind.RULE) {
        rule(tree, one.getBody());
      } else {
        one.getStatements().forEach(walk.statements::run);
      }
      fallen = walk.state;
    }
    return unmatched;
  }

  private void match(CaseLabelTree label, ExpressionTree selector) {
    if (label instanceof PatternCaseLabelTree pattern) {
      new Patterns(walk).bind(pattern.getPattern(), selector);
    }
  }

  private void rule(Tree tree, Tree body) {
    if (body instanceof ExpressionTree expression) {
      walk.expressions.forward(expression, tree);
    } else {
      walk.statements.run(body);
    }
    walk.leave(tree);
  }

  private static boolean isExhaustive(SwitchTree tree) {
    return tree.getCases().stream()
        .flatMap(one -> one.getLabels().stream())
        .anyMatch(
            label ->
                label instanceof DefaultCaseLabelTree
                    || label instanceof PatternCaseLabelTree
                    || (label instanceof ConstantCaseLabelTree constant
                        && constant.getConstantExpression().getKind() == Tree.Kind.NULL_LITERAL));
  }
}
