package org.hlo4j.internal.thread;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Daemon threads for tasks of the library. They are platform threads, since an application may keep
 * all carriers busy, and native calls block. Threads end soon after they become idle, and
 * immediately when the last client is gone; later tasks get new ones. Tasks do not throw.
 */
public final class DaemonPool implements Executor {
  private static final long IDLE_SECONDS = 5;

  private final String name;
  private final int threads;
  private final long stackBytes;
  private @Nullable ThreadPoolExecutor pool;

  private DaemonPool(String name, int threads, long stackBytes) {
    this.name = name;
    this.threads = threads;
    this.stackBytes = stackBytes;
  }

  /**
   * Returns a pool with a limited number of threads, in which tasks may be queued.
   *
   * @param stackBytes the size of a thread's stack; 0 for the JVM's default
   */
  public static DaemonPool bounded(String name, int threads, long stackBytes) {
    return added(new DaemonPool(name, threads, stackBytes));
  }

  /** Returns a pool in which tasks are never queued. */
  public static DaemonPool unbounded(String name) {
    return added(new DaemonPool(name, Integer.MAX_VALUE, 0));
  }

  private static DaemonPool added(DaemonPool pool) {
    ClientCount.add(pool::end);
    return pool;
  }

  @Override
  public synchronized void execute(Runnable task) {
    if (pool == null) {
      pool = start();
    }
    pool.execute(task);
  }

  private ThreadPoolExecutor start() {
    boolean grows = threads == Integer.MAX_VALUE;
    ThreadPoolExecutor started =
        new ThreadPoolExecutor(
            grows ? 0 : threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            grows ? new SynchronousQueue<>() : new LinkedBlockingQueue<>(),
            this::thread);
    started.allowCoreThreadTimeOut(true);
    return started;
  }

  private Thread thread(Runnable task) {
    // Without the inheritable thread locals of the submitting thread.
    Thread thread = new Thread(null, task, name, stackBytes, false);
    thread.setDaemon(true);
    return thread;
  }

  /** Lets the threads end after the tasks that were submitted before. */
  private synchronized void end() {
    if (pool != null) {
      pool.shutdown();
      pool = null;
    }
  }
}
