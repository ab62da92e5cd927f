package org.hlo4j.processor.donation.state;

import com.sun.source.tree.ExpressionTree;
import java.util.Objects;

/**
 * A donation of a value's memory to a call. Equality ignores the call, so that paths that differ
 * only in it are merged.
 *
 * @param method the method's name in messages
 * @param certain whether it happened on each path
 * @param reported whether a use after it was reported on this path
 */
public record Spending(
    ExpressionTree call, Mention donated, String method, boolean certain, boolean reported) {
  Spending asReported() {
    return new Spending(call, donated, method, certain, true);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Spending that && certain == that.certain && reported == that.reported;
  }

  @Override
  public int hashCode() {
    return Objects.hash(certain, reported);
  }
}
