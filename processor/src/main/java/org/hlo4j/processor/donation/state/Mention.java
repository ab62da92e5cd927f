package org.hlo4j.processor.donation.state;

import com.sun.source.tree.ExpressionTree;

/**
 * A mention of a value in the source.
 *
 * @param tree the variable, where reports are shown
 * @param text the variable and the accessors that follow it
 */
public record Mention(ExpressionTree tree, String text) {
  /** Returns a mention of the part that an accessor returns. */
  Mention part(String accessor) {
    return new Mention(tree, text + "." + accessor + "()");
  }
}
