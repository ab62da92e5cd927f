package org.hlo4j.processor.donation;

import com.sun.source.tree.ArrayAccessTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import com.sun.source.util.TreeScanner;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.hlo4j.processor.donation.source.Readings;
import org.hlo4j.processor.donation.state.State;
import org.jspecify.annotations.Nullable;

/**
 * Walks through expressions. One that stands for a value answers it, and what is around it uses the
 * answer, passes it on, or drops it.
 */
final class Expressions extends TreeScanner<@Nullable Void, @Nullable Void> {
  private final Walk walk;
  private final CallWalk calls;
  private final Patterns patterns;

  Expressions(Walk walk) {
    this.walk = walk;
    this.calls = new CallWalk(walk, this);
    this.patterns = new Patterns(walk);
  }

  /** Evaluates an expression, if it is there; its answer is left. */
  void evaluate(@Nullable ExpressionTree expression) {
    if (expression != null) {
      expression.accept(this, null);
    }
  }

  /** Evaluates an expression whose value goes where it is not followed. */
  void use(@Nullable ExpressionTree expression) {
    if (expression != null) {
      expression.accept(this, null);
      walk.use(expression, expression, false, false);
      walk.drop(expression);
    }
  }

  /** Evaluates an expression whose value does not matter. */
  void ignore(@Nullable ExpressionTree expression) {
    if (expression != null) {
      expression.accept(this, null);
      walk.drop(expression);
    }
  }

  /** Evaluates an expression whose answer is that of another tree. */
  void forward(ExpressionTree expression, Tree to) {
    expression.accept(this, null);
    walk.forward(expression, to);
  }

  @Override
  public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
    VariableElement variable = walk.symbols.local(tree);
    if (variable != null) {
      walk.read(variable, tree);
    }
    return null;
  }

  @Override
  public @Nullable Void visitParenthesized(ParenthesizedTree tree, @Nullable Void unused) {
    forward(tree.getExpression(), tree);
    return null;
  }

  @Override
  public @Nullable Void visitTypeCast(TypeCastTree tree, @Nullable Void unused) {
    forward(tree.getExpression(), tree);
    return null;
  }

  @Override
  public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
    use(tree.getExpression());
    return null;
  }

  @Override
  public @Nullable Void visitArrayAccess(ArrayAccessTree tree, @Nullable Void unused) {
    ignore(tree.getExpression());
    ignore(tree.getIndex());
    return null;
  }

  @Override
  public @Nullable Void visitNewArray(NewArrayTree tree, @Nullable Void unused) {
    tree.getDimensions().forEach(this::ignore);
    if (tree.getInitializers() != null) {
      tree.getInitializers().forEach(this::use);
    }
    return null;
  }

  @Override
  public @Nullable Void visitAssignment(AssignmentTree tree, @Nullable Void unused) {
    ExpressionTree target = tree.getVariable();
    VariableElement variable = walk.symbols.local(target);
    if (variable == null) {
      ignore(target);
      use(tree.getExpression());
    } else {
      evaluate(tree.getExpression());
      walk.assign(variable, tree.getExpression());
      walk.forward(tree.getExpression(), tree);
    }
    return null;
  }

  /** Numbers, or a text that is added to. */
  @Override
  public @Nullable Void visitCompoundAssignment(
      CompoundAssignmentTree tree, @Nullable Void unused) {
    ignore(tree.getVariable());
    ignore(tree.getExpression());
    return null;
  }

  @Override
  public @Nullable Void visitUnary(UnaryTree tree, @Nullable Void unused) {
    ignore(tree.getExpression());
    return null;
  }

  /** Numbers, a comparison, or a text: none of these reads a tensor's memory. */
  @Override
  public @Nullable Void visitBinary(BinaryTree tree, @Nullable Void unused) {
    ignore(tree.getLeftOperand());
    State left = walk.state;
    ignore(tree.getRightOperand());
    if (tree.getKind() == Tree.Kind.CONDITIONAL_AND || tree.getKind() == Tree.Kind.CONDITIONAL_OR) {
      walk.state = left.join(walk.state);
    }
    return null;
  }

  @Override
  public @Nullable Void visitConditionalExpression(
      ConditionalExpressionTree tree, @Nullable Void unused) {
    ignore(tree.getCondition());
    State condition = walk.state;
    forward(tree.getTrueExpression(), tree);
    State first = walk.state;
    walk.state = condition;
    forward(tree.getFalseExpression(), tree);
    walk.state = first.join(walk.state);
    return null;
  }

  @Override
  public @Nullable Void visitInstanceOf(InstanceOfTree tree, @Nullable Void unused) {
    evaluate(tree.getExpression());
    if (tree.getPattern() != null) {
      patterns.bind(tree.getPattern(), tree.getExpression());
    }
    walk.drop(tree.getExpression());
    return null;
  }

  @Override
  public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void unused) {
    walk.switches.run(tree);
    return null;
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree tree, @Nullable Void unused) {
    walk.aside(
        () -> {
          if (tree.getBody() instanceof ExpressionTree body) {
            use(body);
          } else if (tree.getBody() instanceof StatementTree body) {
            walk.statements.run(body);
          }
        });
    return null;
  }

  /** What it is made on will be as spent when it is called as it is now. */
  @Override
  public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
    ExpressionTree receiver = tree.getQualifierExpression();
    ExecutableElement method = walk.symbols.method(tree);
    if (method != null && Readings.of(method, walk.symbols.type(receiver)).isUse()) {
      use(receiver);
    } else {
      ignore(receiver);
    }
    return null;
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
    calls.invoke(tree);
    return null;
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
    calls.construct(tree);
    return null;
  }
}
