package org.hlo4j.internal.memory;

import java.lang.System.Logger.Level;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
  private static final WatchList[] ACTIVE = new WatchList[LISTS];

  static {
    for (int i = 0; i < LISTS; i++) {
      ACTIVE[i] = new WatchList();
    }
    ClientCount.add(new CleanerThread());
  }

  private UnreachableObjects() {}

  /** A watch of an object, from {@link #begin} to {@link #end}. */
  public abstract static class Watch extends PhantomReference<Object> {
    private final WatchList list;

    /** The index in the list, which its lock guards; negative while the watch is not active. */
    private int place = -1;

    /** Creates a watch that has not begun. */
    protected Watch(Object object) {
      super(object, QUEUE);
      this.list = ACTIVE[(int) Thread.currentThread().threadId() & (LISTS - 1)];
    }

    /** Begins the watch. Called once. */
    protected final void begin() {
      list.add(this);
    }

    /** Ends the watch, if it is active: it will not be notified any more. */
    protected final void end() {
      clear();
      list.remove(this);
    }

    /** Called once the object is unreachable, on any thread. Must end the watch, and not block. */
    protected abstract void onUnreachable();
  }

  /**
   * An unordered list of watches. An array rather than a linked list, since G1 fences each store of
   * a reference into an old object, and marks a linked list on one thread.
   */
  private static final class WatchList {
    private static final int CAPACITY = 64;

    private @Nullable Watch[] watches = new Watch[CAPACITY];
    private int size;

    synchronized void add(Watch watch) {
      if (size == watches.length) {
        watches = Arrays.copyOf(watches, 2 * size);
      }
      watches[size] = watch;
      watch.place = size;
      size++;
    }

    synchronized void remove(Watch watch) {
      int place = watch.place;
      if (place < 0) {
        return;
      }
      size--;
      Watch last = watches[size];
      last.place = place;
      watches[place] = last;
      watches[size] = null;
      watch.place = -1;
    }

    synchronized boolean isAny(Predicate<Watch> condition) {
      return active().anyMatch(condition);
    }

    synchronized <W extends Watch> List<W> all(Class<W> type) {
      return active().filter(type::isInstance).map(type::cast).toList();
    }

    private Stream<Watch> active() {
      return Arrays.stream(watches, 0, size);
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
    return Arrays.stream(ACTIVE).flatMap(list -> list.all(type).stream()).toList();
  }

  /**
   * Returns whether the collector has found a watched object. The JVM clears references during a
   * collection, but enqueues them one by one afterwards.
   */
  static boolean isAnyFound() {
    return Arrays.stream(ACTIVE).anyMatch(list -> list.isAny(watch -> watch.refersTo(null)));
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
