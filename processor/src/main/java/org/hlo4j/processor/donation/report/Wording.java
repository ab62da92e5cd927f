package org.hlo4j.processor.donation.report;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import org.hlo4j.processor.donation.source.Symbols;
import org.hlo4j.processor.donation.state.Spending;
import org.hlo4j.processor.message.Message;
import org.jspecify.annotations.Nullable;

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
    boolean inside = !spending.call().equals(user) && contains(user, spending.call());
    return below && !inside && !finding.place().sameCall()
        ? " in the next iteration of the loop"
        : "";
  }

  private static boolean contains(Tree whole, Tree part) {
    boolean[] found = {false};
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
        found[0] |= part.equals(tree);
        return found[0] ? null : super.scan(tree, null);
      }
    }.scan(whole, null);
    return found[0];
  }
}
