package org.hlo4j.internal.memory;

import java.lang.System.Logger.Level;
import org.hlo4j.internal.thread.DaemonPool;

/**
 * A thread for clean-up that must not run where it becomes due: a thread of the plugin cannot
 * destroy its own client, and should not block.
 */
public final class Reclaimer {
  private static final System.Logger LOG = System.getLogger("org.hlo4j");
  private static final DaemonPool THREAD = DaemonPool.bounded("hlo4j-reclaimer", 1, 0);

  private Reclaimer() {}

  /** Runs a task soon, after earlier ones. */
  public static void run(Runnable task) {
    THREAD.execute(
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Native memory could not be reclaimed", e);
          }
        });
  }
}
