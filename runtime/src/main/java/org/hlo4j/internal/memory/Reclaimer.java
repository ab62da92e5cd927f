package org.hlo4j.internal.memory;

import java.lang.System.Logger.Level;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A daemon thread for the clean-up that must not run on the thread that finds it due: a thread of
 * the plugin cannot destroy the client that it belongs to, and should not wait for anything.
 */
public final class Reclaimer {
  private static final System.Logger LOG = System.getLogger("org.hlo4j");
  private static final LinkedBlockingQueue<Runnable> QUEUE = new LinkedBlockingQueue<>();

  static {
    Thread thread = new Thread(Reclaimer::drain, "hlo4j-reclaimer");
    thread.setDaemon(true);
    thread.start();
  }

  private Reclaimer() {}

  /** Runs a task soon, after those that were given before. */
  public static void run(Runnable task) {
    QUEUE.add(task);
  }

  private static void drain() {
    while (true) {
      try {
        QUEUE.take().run();
      } catch (InterruptedException e) {
        // Nobody has a reason to interrupt this thread, and it must outlive who does.
        LOG.log(Level.DEBUG, "The reclaimer was interrupted and goes on", e);
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "Native memory could not be reclaimed", e);
      }
    }
  }
}
