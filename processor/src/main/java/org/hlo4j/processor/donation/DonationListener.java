package org.hlo4j.processor.donation;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Types;
import org.hlo4j.processor.donation.report.FindingReporter;
import org.hlo4j.processor.donation.source.DonatingSignatures;
import org.hlo4j.processor.donation.source.Symbols;
import org.jspecify.annotations.Nullable;

/** Checks each class once, after javac has attributed it. */
final class DonationListener implements TaskListener {
  private final Trees trees;
  private final Types types;
  private final DonatingSignatures signatures;
  private final FindingReporter reporter;
  private final Set<TypeElement> seen = new HashSet<>();

  DonationListener(JavacTask task) {
    this.trees = Trees.instance(task);
    this.types = task.getTypes();
    this.signatures = new DonatingSignatures(task.getElements(), types);
    this.reporter = new FindingReporter(trees);
  }

  @Override
  public void finished(TaskEvent event) {
    if (event.getKind() != TaskEvent.Kind.ANALYZE || event.getTypeElement() == null) {
      return;
    }
    // Other classes of the file may already be desugared, so only this one is checked.
    TreePath unit = new TreePath(event.getCompilationUnit());
    for (Tree declaration : event.getCompilationUnit().getTypeDecls()) {
      TreePath path = new TreePath(unit, declaration);
      if (declaration instanceof ClassTree
          && event.getTypeElement().equals(trees.getElement(path))
          && seen.add(event.getTypeElement())) {
        check(path);
      }
    }
  }

  /** Checks the bodies of a class and its nested classes: methods, constructors, initializers. */
  private void check(TreePath type) {
    for (Tree member : ((ClassTree) type.getLeaf()).getMembers()) {
      TreePath path = new TreePath(type, member);
      if (member instanceof ClassTree) {
        check(path);
      } else {
        checkBody(path);
      }
    }
  }

  /** A bug in this check must not fail a user's build. */
  private void checkBody(TreePath body) {
    try {
      Symbols symbols = new Symbols(trees, types, body);
      if (donates(body.getLeaf(), symbols)) {
        Walk walk = new Walk(symbols, signatures);
        walk.statements.run(body.getLeaf());
        reporter.report(walk.findings, symbols);
      }
    } catch (RuntimeException | StackOverflowError e) {
      reporter.giveUp(body, e);
    }
  }

  /** Returns whether a body has a donation. Most bodies have none, and need no walk. */
  private boolean donates(Tree body, Symbols symbols) {
    boolean[] found = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
        if (tree instanceof MethodInvocationTree || tree instanceof NewClassTree) {
          ExecutableElement method = symbols.method(tree);
          found[0] |= method != null && !signatures.of(method).donated().isEmpty();
        }
        return found[0] ? null : super.scan(tree, null);
      }
    }.scan(body, null);
    return found[0];
  }
}
