package org.hlo4j.processor.flow;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.tools.Diagnostic.Kind;

/** Shows findings where they are, unless the source says that they are meant. */
final class Reporter {
  private final Trees trees;

  Reporter(Trees trees) {
    this.trees = trees;
  }

  void report(Findings findings, Symbols symbols) {
    for (Finding finding : findings.inOrder(one -> symbols.start(one.mention().tree()))) {
      Tree use = finding.mention().tree();
      TreePath path = TreePath.getPath(symbols.body(), use);
      if (!Suppression.isAround(path, trees)) {
        trees.printMessage(
            finding.certain() ? Kind.ERROR : Kind.WARNING,
            Wording.of(finding, symbols),
            use,
            path.getCompilationUnit());
      }
    }
  }

  /** Says that a body was not checked, and why. */
  void giveUp(TreePath body, Throwable reason) {
    trees.printMessage(
        Kind.NOTE,
        "hlo4j has not looked for uses after a donation here: " + reason,
        body.getLeaf(),
        body.getCompilationUnit());
  }
}
