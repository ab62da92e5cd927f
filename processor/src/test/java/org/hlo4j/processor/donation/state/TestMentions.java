package org.hlo4j.processor.donation.state;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.TreeVisitor;

/** Creates mentions for tests, which have no source. */
final class TestMentions {
  private TestMentions() {}

  /** A tree of which nothing is known but that it is itself. */
  private static final class Somewhere implements ExpressionTree {
    @Override
    public Kind getKind() {
      return Kind.IDENTIFIER;
    }

    @Override
    public <R, D> R accept(TreeVisitor<R, D> visitor, D data) {
      throw new UnsupportedOperationException("Nothing looks into this tree");
    }
  }

  static ExpressionTree tree() {
    return new Somewhere();
  }

  static Mention of(String text) {
    return new Mention(tree(), text);
  }
}
