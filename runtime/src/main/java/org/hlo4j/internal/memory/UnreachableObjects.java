package org.hlo4j.internal.memory;

import java.lang.System.Logger.Level;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hlo4j.internal.thread.ClientCount;
import org.jspecify.annotations.Nullable;

/**
 * Frees the resources of unreachable objects. A daemon thread does so while a client is open; while
 * memory is short, so do threads that wait for memory, by {@link #drain}. The JDK's {@code Cleaner}
 * supports neither that nor ending its thread.
 */
public final class UnreachableObjects {
  private static final System.Logger LOG = System.getLogger("org.hlo4j");
  private static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();

  /** A power of two. Several lists reduce contention. */
  private static final int LISTS = 16;

  /** The active watches, which must stay reachable. */
  private static final Head[] HEADS = new Head[LISTS];

  static {
    for (int i = 0; i < LISTS; i++) {
      HEADS[i] = new Head();
    }
    ClientCount.add(new CleanerThread());
  }

  private UnreachableObjects() {}

  /** A watch of an object, from {@link #begin} to {@link #end}. */
  public abstract static class Watch extends PhantomReference<Object> {
    private final Head head;
    private Watch previous = this;
    private Watch next = this;

    /** Creates a watch that has not begun. */
    protected Watch(Object object) {
      super(object, QUEUE);
      this.head = HEADS[(int) Thread.currentThread().threadId() & (LISTS - 1)];
    }

    /** Creates the head of a list. */
    private Watch() {
      super(null, null);
      this.head = (Head) this;
    }

    /** Begins the watch. Called once. */
    protected final void begin() {
      synchronized (head) {
        previous = head;
        next = head.next();
        next.previous = this;
        previous.next = this;
      }
    }

    /** Ends the watch, if it is active: it will not be notified any more. */
    protected final void end() {
      clear();
      synchronized (head) {
        previous.next = next;
        next.previous = previous;
        previous = this;
        next = this;
      }
    }

    /** Called once the object is unreachable, on any thread. Must end the watch, and not block. */
    protected abstract void onUnreachable();

    final Watch next() {
      return next;
    }
  }

  /** The head of a circular list. */
  private static final class Head extends Watch {
    @Override
    protected void onUnreachable() {
      throw new AssertionError("the head of a list watches nothing");
    }
  }

  /** An action that runs once: when an object has become unreachable, or earlier. */
  public static final class Action extends Watch {
    private final Runnable task;
    private final AtomicBoolean ran = new AtomicBoolean();

    private Action(Object object, Runnable task) {
      super(object);
      this.task = task;
    }

    /** Runs the action now, unless it has run before. */
    public void run() {
      if (ran.compareAndSet(false, true)) {
        try {
          task.run();
        } finally {
          end();
        }
      }
    }

    @Override
    protected void onUnreachable() {
      run();
    }
  }

  /**
   * Runs a task when an object has become unreachable.
   *
   * @param task must not refer to the object
   */
  public static Action watch(Object object, Runnable task) {
    Action action = new Action(object, task);
    action.begin();
    return action;
  }

  /** Returns all active watches of a class. */
  public static <W extends Watch> List<W> watches(Class<W> type) {
    List<W> watches = new ArrayList<>();
    for (Head head : HEADS) {
      synchronized (head) {
        for (Watch watch = head.next(); watch != head; watch = watch.next()) {
          if (type.isInstance(watch)) {
            watches.add(type.cast(watch));
          }
        }
      }
    }
    return watches;
  }

  /**
   * Returns whether the collector has found a watched object. The JVM clears references during a
   * collection, but enqueues them one by one afterwards.
   */
  static boolean isAnyFound() {
    for (Head head : HEADS) {
      synchronized (head) {
        for (Watch watch = head.next(); watch != head; watch = watch.next()) {
          if (watch.refersTo(null)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Frees the objects that were enqueued so far; returns whether there were any. */
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
      LOG.log(Level.ERROR, "The memory of an unreachable object could not be freed", e);
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
