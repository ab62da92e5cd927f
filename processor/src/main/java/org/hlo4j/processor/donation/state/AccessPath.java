package org.hlo4j.processor.donation.state;

import java.util.ArrayList;
import java.util.List;

/**
 * The value of a variable or an expression in one store: a root, created once, or a part of it.
 *
 * @param path the accessors from the root to the part
 */
record AccessPath(int root, List<String> path) {
  /** The limit for paths that grow in each round of a loop. */
  static final int LONGEST_PATH = 6;

  AccessPath {
    path = List.copyOf(path);
  }

  static AccessPath root(int root) {
    return new AccessPath(root, List.of());
  }

  boolean isRoot() {
    return path.isEmpty();
  }

  /** Returns whether this has the maximum length. */
  boolean isDeepest() {
    return path.size() == LONGEST_PATH;
  }

  /** Returns the part that an accessor returns. */
  AccessPath part(String accessor) {
    List<String> longer = new ArrayList<>(path);
    longer.add(accessor);
    return new AccessPath(root, longer);
  }

  /** Returns the whole at the first accessors of the path. */
  AccessPath prefix(int length) {
    return new AccessPath(root, path.subList(0, length));
  }

  /** Returns whether this is another value or a part of it. */
  boolean isWithin(AccessPath whole) {
    return root == whole.root
        && path.size() >= whole.path.size()
        && path.subList(0, whole.path.size()).equals(whole.path);
  }
}
