package org.hlo4j.processor.donation.report;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import org.hlo4j.processor.donation.source.Symbols;
import org.hlo4j.processor.donation.state.Spending;
import org.hlo4j.processor.message.Message;

/** Puts a finding into words. */
final class Wording {
  private Wording() {}

  static String of(Finding finding, Symbols symbols) {
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

  /** What stands further down, and not inside what uses the value, is first only in a loop. */
  private static String when(Finding finding, Symbols symbols) {
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
}
