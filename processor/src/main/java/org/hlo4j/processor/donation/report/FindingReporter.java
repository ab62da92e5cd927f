package org.hlo4j.processor.donation.report;

import com.google.auto.common.MoreElements;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.util.List;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.tools.Diagnostic.Kind;
import org.hlo4j.processor.donation.source.Symbols;
import org.hlo4j.processor.donation.state.Spending;
import org.hlo4j.processor.message.Message;
import org.jspecify.annotations.Nullable;

/** Reports findings at their positions, unless an annotation suppresses them. */
public record FindingReporter(Trees trees) {
  public void report(Findings findings, Symbols symbols) {
    for (Findings.Finding finding : findings.inOrder(one -> symbols.start(one.mention().tree()))) {
      Tree use = finding.mention().tree();
      TreePath path = TreePath.getPath(symbols.body(), use);
      if (!isSuppressed(path)) {
        Kind kind = finding.certain() ? Kind.ERROR : Kind.WARNING;
        trees.printMessage(kind, wording(finding, symbols), use, path.getCompilationUnit());
      }
    }
  }

  /** Returns whether an annotation on an enclosing declaration suppresses findings. */
  private boolean isSuppressed(TreePath place) {
    for (TreePath path = place; path != null; path = path.getParentPath()) {
      Tree tree = path.getLeaf();
      if ((tree instanceof VariableTree || tree instanceof MethodTree || tree instanceof ClassTree)
          && isSuppressedOn(trees.getElement(path))) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether an annotation suppresses findings; invalid annotations do not. */
  private static boolean isSuppressedOn(@Nullable Element declaration) {
    return declaration != null
        && MoreElements.getAnnotationMirror(declaration, SuppressWarnings.class).asSet().stream()
            .flatMap(annotation -> annotation.getElementValues().values().stream())
            .map(AnnotationValue::getValue)
            .anyMatch(
                value ->
                    value instanceof List<?> texts
                        && texts.stream()
                            .map(text -> ((AnnotationValue) text).getValue())
                            .anyMatch("hlo4j"::equals));
  }

  private static String wording(Findings.Finding finding, Symbols symbols) {
    Spending spending = finding.spending();
    String used = finding.mention().text();
    String donated = spending.donated().text();
    String where =
        finding.place().sameCall()
            ? "the same call"
            : "line " + symbols.line(spending.donated().tree());
    String what = donated.equals(used) ? "it" : donated;
    return finding.certain()
        ? Message.USED_AFTER_DONATION.about(used, where, what, spending.method())
        : Message.MAYBE_USED_AFTER_DONATION.about(
            used, when(finding, symbols), where, what, spending.method());
  }

  /**
   * Describes when the donation happened: one further down, outside of the using tree, is first
   * only in a loop.
   */
  private static String when(Findings.Finding finding, Symbols symbols) {
    Tree user = finding.place().user();
    Spending spending = finding.spending();
    boolean below =
        symbols.start(spending.donated().tree()) >= symbols.start(finding.mention().tree());
    boolean inside =
        !spending.call().equals(user)
            && TreePath.getPath(TreePath.getPath(symbols.body(), user), spending.call()) != null;
    return below && !inside && !finding.place().sameCall()
        ? " in the next iteration of the loop"
        : "";
  }

  /** Reports that a body was not checked, and why. */
  public void giveUp(TreePath body, Throwable reason) {
    String note = "hlo4j could not check this code for uses after donation: " + reason;
    trees.printMessage(Kind.NOTE, note, body.getLeaf(), body.getCompilationUnit());
  }
}
