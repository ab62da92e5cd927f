package org.hlo4j.processor.donation;

import com.sun.source.tree.AssertTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
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
import com.sun.source.util.TreeScanner;
import javax.lang.model.element.VariableElement;
import org.hlo4j.processor.donation.state.State;
import org.jspecify.annotations.Nullable;

/** Walks through statements. */
final class Statements extends TreeScanner<@Nullable Void, @Nullable Void> {
  private final Walk walk;
  private final LoopWalk loops;
  private final Tries tries;

  Statements(Walk walk) {
    this.walk = walk;
    this.loops = new LoopWalk(walk);
    this.tries = new Tries(walk);
  }

  /** Walks through a statement, if it is there, or through the members of a class. */
  void run(@Nullable Tree tree) {
    if (tree != null) {
      tree.accept(this, null);
      walk.forget(tree);
    }
  }

  @Override
  public @Nullable Void visitBlock(BlockTree tree, @Nullable Void unused) {
    tree.getStatements().forEach(this::run);
    return null;
  }

  @Override
  public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
    VariableElement variable = walk.symbols.local(tree);
    if (variable == null) {
      walk.expressions.use(tree.getInitializer());
      return null;
    }
    Tree value = tree.getInitializer() == null ? tree : tree.getInitializer();
    walk.expressions.evaluate(tree.getInitializer());
    walk.assign(variable, value);
    walk.drop(value);
    return null;
  }

  @Override
  public @Nullable Void visitExpressionStatement(
      ExpressionStatementTree tree, @Nullable Void unused) {
    walk.expressions.ignore(tree.getExpression());
    return null;
  }

  @Override
  public @Nullable Void visitIf(IfTree tree, @Nullable Void unused) {
    walk.expressions.ignore(tree.getCondition());
    State condition = walk.state;
    run(tree.getThenStatement());
    State first = walk.state;
    walk.state = condition;
    run(tree.getElseStatement());
    walk.state = first.join(walk.state);
    return null;
  }

  /** What an assertion does is not done where assertions are off. */
  @Override
  public @Nullable Void visitAssert(AssertTree tree, @Nullable Void unused) {
    State before = walk.state;
    walk.expressions.ignore(tree.getCondition());
    State after = walk.state;
    walk.expressions.ignore(tree.getDetail());
    walk.state = before.join(after);
    return null;
  }

  @Override
  public @Nullable Void visitReturn(ReturnTree tree, @Nullable Void unused) {
    walk.expressions.use(tree.getExpression());
    walk.leave(walk.symbols.body().getLeaf());
    return null;
  }

  @Override
  public @Nullable Void visitThrow(ThrowTree tree, @Nullable Void unused) {
    walk.expressions.use(tree.getExpression());
    walk.leave(walk.symbols.body().getLeaf());
    return null;
  }

  @Override
  public @Nullable Void visitBreak(BreakTree tree, @Nullable Void unused) {
    walk.leave(walk.jumps.targetOfBreak(tree.getLabel()));
    return null;
  }

  @Override
  public @Nullable Void visitContinue(ContinueTree tree, @Nullable Void unused) {
    walk.leave(walk.jumps.targetOfContinue(tree.getLabel()));
    return null;
  }

  @Override
  public @Nullable Void visitYield(YieldTree tree, @Nullable Void unused) {
    walk.switches.leave(tree.getValue());
    return null;
  }

  @Override
  public @Nullable Void visitLabeledStatement(LabeledStatementTree tree, @Nullable Void unused) {
    walk.jumps.label(tree);
    run(tree.getStatement());
    walk.state = walk.state.join(walk.exits.take(tree.getStatement()));
    return null;
  }

  @Override
  public @Nullable Void visitWhileLoop(WhileLoopTree tree, @Nullable Void unused) {
    loops.run(tree);
    return null;
  }

  @Override
  public @Nullable Void visitDoWhileLoop(DoWhileLoopTree tree, @Nullable Void unused) {
    loops.run(tree);
    return null;
  }

  @Override
  public @Nullable Void visitForLoop(ForLoopTree tree, @Nullable Void unused) {
    loops.run(tree);
    return null;
  }

  @Override
  public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, @Nullable Void unused) {
    loops.run(tree);
    return null;
  }

  @Override
  public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void unused) {
    walk.switches.run(tree);
    return null;
  }

  @Override
  public @Nullable Void visitTry(TryTree tree, @Nullable Void unused) {
    tries.run(tree);
    return null;
  }

  @Override
  public @Nullable Void visitSynchronized(SynchronizedTree tree, @Nullable Void unused) {
    walk.expressions.ignore(tree.getExpression());
    run(tree.getBlock());
    return null;
  }

  @Override
  public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
    for (Tree member : tree.getMembers()) {
      walk.aside(() -> run(member));
    }
    return null;
  }

  @Override
  public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
    run(tree.getBody());
    return null;
  }
}
