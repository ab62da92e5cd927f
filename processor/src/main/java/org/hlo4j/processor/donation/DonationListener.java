package org.hlo4j.processor.donation;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.TypeElement;

/** Checks each class once, as soon as javac knows what everything in it means. */
final class DonationListener implements TaskListener {
  private final Trees trees;
  private final ClassCheck check;
  private final Set<TypeElement> seen = new HashSet<>();

  DonationListener(JavacTask task) {
    this.trees = Trees.instance(task);
    this.check = new ClassCheck(task, trees);
  }

  @Override
  public void finished(TaskEvent event) {
    if (event.getKind() != TaskEvent.Kind.ANALYZE || event.getTypeElement() == null) {
      return;
    }
    // Other classes of the file may have been rewritten already, so only this one is looked at.
    TreePath unit = new TreePath(event.getCompilationUnit());
    for (Tree declaration : event.getCompilationUnit().getTypeDecls()) {
      TreePath path = new TreePath(unit, declaration);
      if (declaration instanceof ClassTree
          && event.getTypeElement().equals(trees.getElement(path))
          && seen.add(event.getTypeElement())) {
        check.check(path);
      }
    }
  }
}
