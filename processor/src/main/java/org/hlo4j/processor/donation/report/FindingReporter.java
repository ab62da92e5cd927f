package org.hlo4j.processor.donation.report;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.tools.Diagnostic.Kind;
import org.hlo4j.processor.donation.source.Symbols;

/** Reports findings at their places, unless an annotation suppresses them. */
public record FindingReporter(Trees trees) {
  public void report(Findings findings, Symbols symbols) {
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

  /** Reports that a body was not checked, and why. */
  public void giveUp(TreePath body, Throwable reason) {
    trees.printMessage(
        Kind.NOTE,
        "hlo4j has not looked for uses after a donation here: " + reason,
        body.getLeaf(),
        body.getCompilationUnit());
  }
}
