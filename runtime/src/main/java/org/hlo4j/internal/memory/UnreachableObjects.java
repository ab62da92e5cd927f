package org.hlo4j.internal.memory;

import java.lang.System.Logger.Level;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hlo4j.internal.thread.ClientCount;
import org.jspecify.annotations.Nullable;

/**
 * Frees what belongs to objects that have become unreachable. While a client is open, a daemon
 * thread does so, and, while memory is short, also the threads that wait for some, by {@link
 * #drain}. The JDK's {@code Cleaner} offers neither that nor an end of its thread.
 */
public final class UnreachableObjects {
  private static final System.Logger LOG = System.getLogger("org.hlo4j");
  private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();

  /** What keeps the watches of {@link #watch} reachable until they have run. */
  private static final Set<Action> ACTIONS = ConcurrentHashMap.newKeySet();

  static {
    ClientCount.add(new CleanerThread());
  }

  private UnreachableObjects() {}

  /** Watches an object. Whoever makes a watch keeps it reachable until the object is gone. */
  public abstract static class Watch extends PhantomReference<Object> {
    /** Watches an object; null for a watch that never ends. */
    protected Watch(@Nullable Object object) {
      super(object, object == null ? null : QUEUE);
    }

    /** Called once the object is unreachable, on any thread. Must not block. */
    protected abstract void onUnreachable();
  }

  /** Something to do when an object has become unreachable, or earlier, but once. */
  public static final class Action extends Watch {
    private final Runnable task;
    private final AtomicBoolean ran = new AtomicBoolean();

    private Action(Object object, Runnable task) {
      super(object);
      this.task = task;
    }

    /** Does it now, unless it was done before. */
    public void run() {
      if (ran.compareAndSet(false, true)) {
        clear();
        ACTIONS.remove(this);
        task.run();
      }
    }

    @Override
    protected void onUnreachable() {
      run();
    }
  }

  /**
   * Has a task run when an object has become unreachable.
   *
   * @param task must not refer to the object
   */
  public static Action watch(Object object, Runnable task) {
    Action action = new Action(object, task);
    ACTIONS.add(action);
    return action;
  }

  /** Frees what the collector has found so far; returns whether there was anything. */
  static boolean drain() {
    boolean found = false;
    for (Object next = QUEUE.poll(); next != null; next = QUEUE.poll()) {
      found = true;
      free((Watch) next);
    }
    return found;
  }

  private static void free(Watch watch) {
    try {
      watch.onUnreachable();
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "What an unreachable object owned could not be freed", e);
    }
  }

  /** The thread, which exists while a client is open. */
  private static final class CleanerThread implements ClientCount.Resident {
    private @Nullable Thread thread;

    @Override
    public void begin() {
      thread = new Thread(null, CleanerThread::run, "hlo4j-cleaner", 0, false);
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public void end() {
      if (thread != null) {
        thread.interrupt();
        thread = null;
      }
    }

    private static void run() {
      try {
        while (true) {
          free((Watch) QUEUE.remove());
        }
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, "The last client was closed", e);
      }
    }
  }
}
