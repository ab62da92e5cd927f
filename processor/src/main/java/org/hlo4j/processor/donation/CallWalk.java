package org.hlo4j.processor.donation;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import org.hlo4j.processor.donation.source.DonatingSignatures;
import org.hlo4j.processor.donation.source.Readings;
import org.jspecify.annotations.Nullable;

/** Walks calls: evaluates and uses the receiver and the arguments, then spends the donated ones. */
record CallWalk(Walk walk, Expressions expressions) {
  void invoke(MethodInvocationTree tree) {
    ExpressionTree receiver =
        tree.getMethodSelect() instanceof MemberSelectTree select ? select.getExpression() : null;
    expressions.evaluate(receiver);
    tree.getArguments().forEach(expressions::evaluate);
    ExecutableElement method = walk.symbols.method(tree);
    if (method != null) {
      Readings.Reading reading =
          receiver == null ? Readings.Reading.USE : receive(tree, receiver, method);
      if (reading != Readings.Reading.NOTHING) {
        take(tree, method, tree.getArguments());
      }
    }
    drop(receiver, tree.getArguments());
  }

  private Readings.Reading receive(
      MethodInvocationTree tree, ExpressionTree receiver, ExecutableElement method) {
    Readings.Reading reading = Readings.of(method, walk.symbols.type(receiver));
    if (reading.isUse()) {
      walk.use(receiver, tree, false, false);
    }
    switch (reading) {
      case SAME, AWAITED -> walk.forward(receiver, tree);
      case PART -> walk.part(receiver, method.getSimpleName().toString(), tree);
      case NOTHING, USE -> {}
    }
    return reading;
  }

  void construct(NewClassTree tree) {
    expressions.evaluate(tree.getEnclosingExpression());
    tree.getArguments().forEach(expressions::evaluate);
    ExecutableElement constructor = walk.symbols.method(tree);
    if (constructor != null) {
      take(tree, constructor, tree.getArguments());
      if (constructor.getEnclosingElement() instanceof TypeElement type
          && type.getKind() == ElementKind.RECORD
          && walk.symbols.isCanonical(constructor, type)) {
        String text = "new %s(…)".formatted(type.getSimpleName());
        walk.construct(tree, text, components(type, tree.getArguments()));
      }
    }
    drop(tree.getEnclosingExpression(), tree.getArguments());
    if (tree.getClassBody() != null) {
      walk.statements.run(tree.getClassBody());
    }
  }

  private static Map<String, ExpressionTree> components(
      TypeElement type, List<? extends ExpressionTree> arguments) {
    Map<String, ExpressionTree> components = new LinkedHashMap<>();
    List<? extends RecordComponentElement> declared = type.getRecordComponents();
    for (int i = 0; i < declared.size(); i++) {
      components.put(declared.get(i).getSimpleName().toString(), arguments.get(i));
    }
    return components;
  }

  private void drop(@Nullable ExpressionTree receiver, List<? extends Tree> arguments) {
    if (receiver != null) {
      walk.drop(receiver);
    }
    arguments.forEach(walk::drop);
  }

  private void take(
      ExpressionTree call, ExecutableElement method, List<? extends ExpressionTree> arguments) {
    DonatingSignatures.Signature signature = walk.signatures.of(method);
    for (ExpressionTree argument : arguments) {
      walk.use(argument, call, signature.kernel(), false);
    }
    if (signature.donated().isEmpty()) {
      return;
    }
    List<ExpressionTree> kept = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      ExpressionTree argument = arguments.get(i);
      if (signature.donated().contains(Math.min(i, method.getParameters().size() - 1))) {
        walk.use(argument, call, true, true);
        walk.spend(argument, call, name(method));
      } else {
        kept.add(argument);
      }
    }
    kept.forEach(argument -> walk.use(argument, call, true, true));
  }

  private static String name(ExecutableElement method) {
    Element owner = method.getEnclosingElement();
    String type = owner == null ? "" : owner.getSimpleName().toString();
    return method.getKind() == ElementKind.CONSTRUCTOR
        ? "new " + type
        : type + "." + method.getSimpleName();
  }
}
