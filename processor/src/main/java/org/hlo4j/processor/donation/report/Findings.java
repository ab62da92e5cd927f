package org.hlo4j.processor.donation.report;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.hlo4j.processor.donation.state.Mention;
import org.hlo4j.processor.donation.state.Spending;
import org.hlo4j.processor.donation.state.State;
import org.hlo4j.processor.donation.state.Store;

/**
 * The findings in one body. A walk visits positions in loops several times; only the last visit is
 * exact, so its finding replaces earlier ones.
 */
public final class Findings {
  private final Map<Place, Collection<Finding>> found = new LinkedHashMap<>();
  private boolean muted;

  /**
   * A use of a value.
   *
   * @param expression the expression with the value
   * @param user the tree that uses it
   * @param sameCall whether the user's own donations have already happened
   */
  public record Place(ExpressionTree expression, Tree user, boolean sameCall) {}

  /**
   * A use of a value that is spent, or may be.
   *
   * @param place the use
   * @param certain whether it is spent on each path to the use
   */
  record Finding(Mention mention, Findings.Place place, Spending spending, boolean certain) {
    Finding certainIf(boolean always) {
      return new Finding(mention, place, spending, always);
    }
  }

  /**
   * Visits a use.
   *
   * @param parts whether each part of the value is used
   */
  public void look(Place place, State state, int slot, boolean parts) {
    if (muted) {
      return;
    }
    Map<Mention, Finding> here = new LinkedHashMap<>();
    Map<Mention, Boolean> certain = new HashMap<>();
    for (Store store : state.stores()) {
      Store.OperandValue operand = store.operand(slot);
      if (operand != null) {
        Mention mention = operand.mention();
        Spending spending = store.spending(slot, parts);
        certain.merge(mention, spending != null && spending.certain(), Boolean::logicalAnd);
        if (spending != null && !spending.reported()) {
          here.putIfAbsent(mention, new Finding(mention, place, spending, false));
        }
      }
    }
    here.replaceAll(
        (mention, finding) -> finding.certainIf(Boolean.TRUE.equals(certain.get(mention))));
    found.put(place, here.values());
  }

  /** Walks without recording findings. */
  public void muted(Runnable walk) {
    boolean before = muted;
    muted = true;
    walk.run();
    muted = before;
  }

  /** Returns one finding for each mention, in an order. */
  List<Finding> inOrder(ToLongFunction<Finding> order) {
    Map<Tree, Finding> worst = new LinkedHashMap<>();
    for (Collection<Finding> here : found.values()) {
      for (Finding finding : here) {
        worst.merge(finding.mention().tree(), finding, (one, other) -> one.certain() ? one : other);
      }
    }
    List<Finding> all = new ArrayList<>(worst.values());
    all.sort(Comparator.comparingLong(order));
    return all;
  }
}
