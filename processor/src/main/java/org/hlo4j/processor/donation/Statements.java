package org.hlo4j.processor.donation;

import com.sun.source.tree.AssertTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
import javax.lang.model.element.VariableElement;
import org.hlo4j.processor.donation.state.State;
import org.jspecify.annotations.Nullable;

/** Walks statements. */
record Statements(Walk walk) {
  /** Walks a statement, if present, or the members of a class. */
  void run(@Nullable Tree tree) {
    if (tree != null) {
      walk(tree);
      walk.forget(tree);
    }
  }

  private void walk(Tree tree) {
    switch (tree) {
      case BlockTree block -> block.getStatements().forEach(this::run);
      case VariableTree variable -> declare(variable);
      case ExpressionStatementTree statement -> walk.expressions.ignore(statement.getExpression());
      case IfTree branches -> choose(branches);
      case AssertTree assertion -> test(assertion);
      case ReturnTree exit -> leave(exit.getExpression());
      case ThrowTree exit -> leave(exit.getExpression());
      case BreakTree jump -> walk.leave(walk.jumps.targetOfBreak(jump.getLabel()));
      case ContinueTree jump -> walk.leave(walk.jumps.targetOfContinue(jump.getLabel()));
      case YieldTree exit -> walk.switches.leave(exit.getValue());
      case LabeledStatementTree labeled -> {
        walk.jumps.label(labeled);
        run(labeled.getStatement());
        walk.state = walk.state.join(walk.jumps.take(labeled.getStatement()));
      }
      case WhileLoopTree loop -> new LoopWalk(walk).run(loop);
      case DoWhileLoopTree loop -> new LoopWalk(walk).run(loop);
      case ForLoopTree loop -> new LoopWalk(walk).run(loop);
      case EnhancedForLoopTree loop -> new LoopWalk(walk).run(loop);
      case SwitchTree choice -> walk.switches.run(choice);
      case TryTree guarded -> new Tries(walk).run(guarded);
      case SynchronizedTree locked -> {
        walk.expressions.ignore(locked.getExpression());
        run(locked.getBlock());
      }
      case ClassTree type -> type.getMembers().forEach(member -> walk.aside(() -> run(member)));
      case MethodTree method -> run(method.getBody());
      default -> {}
    }
  }

  private void declare(VariableTree tree) {
    VariableElement variable = walk.symbols.local(tree);
    if (variable == null) {
      walk.expressions.use(tree.getInitializer());
      return;
    }
    Tree value = tree.getInitializer() == null ? tree : tree.getInitializer();
    walk.expressions.evaluate(tree.getInitializer());
    walk.assign(variable, value);
    walk.drop(value);
  }

  private void choose(IfTree tree) {
    walk.expressions.ignore(tree.getCondition());
    State condition = walk.state;
    run(tree.getThenStatement());
    State first = walk.state;
    walk.state = condition;
    run(tree.getElseStatement());
    walk.state = first.join(walk.state);
  }

  /** Discards effects of assertions, which may be disabled. */
  private void test(AssertTree tree) {
    State before = walk.state;
    walk.expressions.ignore(tree.getCondition());
    State after = walk.state;
    walk.expressions.ignore(tree.getDetail());
    walk.state = before.join(after);
  }

  private void leave(@Nullable ExpressionTree value) {
    walk.expressions.use(value);
    walk.leave(walk.symbols.body().getLeaf());
  }
}
