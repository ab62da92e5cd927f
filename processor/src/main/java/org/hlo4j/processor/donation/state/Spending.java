package org.hlo4j.processor.donation.state;

import com.sun.source.tree.ExpressionTree;
import java.util.Objects;

/**
 * That a call took a value's memory. Two of these are equal if they say the same of the value,
 * whichever call it was: then the ways that lead through them need not be told apart.
 *
 * @param call the call
 * @param donated the argument
 * @param method what was called, as a message shows it
 * @param certain whether it happened on each way that leads here
 * @param reported whether a use after it was reported on this way, which is enough
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
