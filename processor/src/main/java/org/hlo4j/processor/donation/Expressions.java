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
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeCastTree;
import com.sun.source.tree.UnaryTree;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.VariableElement;
import org.hlo4j.processor.donation.source.Readings;
import org.hlo4j.processor.donation.state.State;
import org.jspecify.annotations.Nullable;

/**
 * Walks expressions. An expression that denotes a value yields it; the enclosing tree uses,
 * forwards, or drops it.
 */
record Expressions(Walk walk) {
  /** Evaluates an expression, if present, and keeps its value. */
  void evaluate(@Nullable ExpressionTree expression) {
    if (expression != null) {
      walk(expression);
    }
  }

  /** Evaluates an expression whose value escapes. */
  void use(@Nullable ExpressionTree expression) {
    if (expression != null) {
      walk(expression);
      walk.use(expression, expression, false, false);
      walk.drop(expression);
    }
  }

  /** Evaluates an expression whose value is not used. */
  void ignore(@Nullable ExpressionTree expression) {
    if (expression != null) {
      walk(expression);
      walk.drop(expression);
    }
  }

  /** Evaluates an expression whose value is that of another tree. */
  void forward(ExpressionTree expression, Tree to) {
    walk(expression);
    walk.forward(expression, to);
  }

  private void walk(ExpressionTree tree) {
    switch (tree) {
      case IdentifierTree name -> read(name);
      case ParenthesizedTree outer -> forward(outer.getExpression(), outer);
      case TypeCastTree cast -> forward(cast.getExpression(), cast);
      case MemberSelectTree select -> use(select.getExpression());
      case ArrayAccessTree access -> {
        ignore(access.getExpression());
        ignore(access.getIndex());
      }
      case NewArrayTree array -> {
        array.getDimensions().forEach(this::ignore);
        if (array.getInitializers() != null) {
          array.getInitializers().forEach(this::use);
        }
      }
      case AssignmentTree assignment -> assign(assignment);
      // Numbers, or string concatenation.
      case CompoundAssignmentTree assignment -> {
        ignore(assignment.getVariable());
        ignore(assignment.getExpression());
      }
      case UnaryTree unary -> ignore(unary.getExpression());
      case BinaryTree binary -> combine(binary);
      case ConditionalExpressionTree conditional -> choose(conditional);
      case InstanceOfTree test -> test(test);
      case SwitchExpressionTree choice -> walk.switches.run(choice);
      case LambdaExpressionTree lambda -> walk.aside(() -> run(lambda.getBody()));
      case MemberReferenceTree reference -> refer(reference);
      case MethodInvocationTree call -> new CallWalk(walk, this).invoke(call);
      case NewClassTree call -> new CallWalk(walk, this).construct(call);
      default -> {}
    }
  }

  private void read(IdentifierTree tree) {
    VariableElement variable = walk.symbols.local(tree);
    if (variable != null) {
      walk.read(variable, tree);
    }
  }

  private void assign(AssignmentTree tree) {
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
  }

  /**
   * Evaluates operands without using them: numbers, comparisons and strings do not read tensors.
   */
  private void combine(BinaryTree tree) {
    ignore(tree.getLeftOperand());
    State left = walk.state;
    ignore(tree.getRightOperand());
    if (tree.getKind() == Tree.Kind.CONDITIONAL_AND || tree.getKind() == Tree.Kind.CONDITIONAL_OR) {
      walk.state = left.join(walk.state);
    }
  }

  private void choose(ConditionalExpressionTree tree) {
    ignore(tree.getCondition());
    State condition = walk.state;
    forward(tree.getTrueExpression(), tree);
    State first = walk.state;
    walk.state = condition;
    forward(tree.getFalseExpression(), tree);
    walk.state = first.join(walk.state);
  }

  private void test(InstanceOfTree tree) {
    evaluate(tree.getExpression());
    if (tree.getPattern() != null) {
      new Patterns(walk).bind(tree.getPattern(), tree.getExpression());
    }
    walk.drop(tree.getExpression());
  }

  private void run(Tree body) {
    if (body instanceof ExpressionTree expression) {
      use(expression);
    } else {
      walk.statements.run(body);
    }
  }

  /** Assumes that the receiver is as spent when the reference is called as it is now. */
  private void refer(MemberReferenceTree tree) {
    ExpressionTree receiver = tree.getQualifierExpression();
    ExecutableElement method = walk.symbols.method(tree);
    if (method != null && Readings.of(method, walk.symbols.type(receiver)).isUse()) {
      use(receiver);
    } else {
      ignore(receiver);
    }
  }
}
