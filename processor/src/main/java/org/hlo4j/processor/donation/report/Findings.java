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
 * The findings in one body. A walk through a loop visits a place several times, and only the last
 * visit is exact: each replaces the finding of the one before.
 */
public final class Findings {
  private final Map<Place, Collection<Finding>> found = new LinkedHashMap<>();
  private boolean muted;

  /**
   * A place where a value is used.
   *
   * @param expression what stands for the value
   * @param user the tree that uses it
   * @param sameCall whether what the user donates itself is spent already
   */
  public record Place(ExpressionTree expression, Tree user, boolean sameCall) {}

  /**
   * A use of a value that is spent, or may be.
   *
   * @param place where and by what
   * @param certain whether it is spent on each way that leads here
   */
  record Finding(Mention mention, Findings.Place place, Spending spending, boolean certain) {
    Finding certainIf(boolean always) {
      return new Finding(mention, place, spending, always);
    }
  }

  /**
   * Visits a place.
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

  /** Walks where the findings are known already. */
  public void muted(Runnable walk) {
    boolean before = muted;
    muted = true;
    walk.run();
    muted = before;
  }

  /** One finding for each mention, in an order. */
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
