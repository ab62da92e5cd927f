package org.hlo4j.processor.donation;

import com.sun.source.tree.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hlo4j.processor.donation.state.State;

/**
 * The ways that have left the straight path and have not come to where they lead: to the end of a
 * statement that is broken out of, to the end of a loop's body, or out of the walk.
 */
final class Exits {
  private Map<Tree, State> pending = new LinkedHashMap<>();

  /** A way leads to a target from a state. */
  void leave(Tree target, State state) {
    pending.merge(target, state, State::join);
  }

  /** Ends the ways to a target that is reached. */
  State take(Tree target) {
    State state = pending.remove(target);
    return state == null ? State.NOWHERE : state;
  }

  /** What leaves during a part of the walk; what has left before is kept aside meanwhile. */
  Map<Tree, State> during(Runnable walk) {
    Map<Tree, State> before = pending;
    pending = new LinkedHashMap<>();
    try {
      walk.run();
      return pending;
    } finally {
      pending = before;
    }
  }
}
