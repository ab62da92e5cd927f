package org.hlo4j.processor.donation.state;

import com.sun.source.tree.ExpressionTree;

/**
 * Where the source mentions a value.
 *
 * @param tree the variable, which is where a report is shown
 * @param text the variable and the accessors that follow it
 */
public record Mention(ExpressionTree tree, String text) {
  /** What an accessor of the value answers. */
  Mention part(String accessor) {
    return new Mention(tree, text + "." + accessor + "()");
  }
}
