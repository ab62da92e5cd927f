package org.hlo4j.processor.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * What a variable or an expression stands for in one world: something that was made once, its root,
 * or a part of it.
 *
 * @param root the number of the root
 * @param path the accessors that lead from the root to the part
 */
record Value(int root, List<String> path) {
  /** Paths that get longer in each round of a loop must end somewhere. */
  static final int LONGEST_PATH = 6;

  Value {
    path = List.copyOf(path);
  }

  static Value root(int root) {
    return new Value(root, List.of());
  }

  boolean isRoot() {
    return path.isEmpty();
  }

  /** Whether this has the longest path that is told apart. */
  boolean isDeepest() {
    return path.size() == LONGEST_PATH;
  }

  /** What an accessor of this answers. */
  Value part(String accessor) {
    List<String> longer = new ArrayList<>(path);
    longer.add(accessor);
    return new Value(root, longer);
  }

  /** What this is a part of, by the first accessors of its path. */
  Value prefix(int length) {
    return new Value(root, path.subList(0, length));
  }

  /** Whether this is another value or a part of it. */
  boolean isWithin(Value whole) {
    return root == whole.root
        && path.size() >= whole.path.size()
        && path.subList(0, whole.path.size()).equals(whole.path);
  }
}
