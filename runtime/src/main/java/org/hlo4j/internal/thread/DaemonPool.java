package org.hlo4j.internal.thread;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Daemon threads for tasks of the library. They are not virtual: an application may keep all
 * carriers busy, and native calls block. The threads end soon after they have nothing to do, and at
 * once when the last client is gone; a task that comes later has a new one. Tasks do not throw.
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
   * A pool in which tasks wait while so many threads are busy.
   *
   * @param stackBytes the size of a thread's stack; 0 for the JVM's default
   */
  public static DaemonPool bounded(String name, int threads, long stackBytes) {
    return added(new DaemonPool(name, threads, stackBytes));
  }

  /** A pool in which no task waits for another. */
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
    // Without the inheritable thread locals of whoever happens to come first.
    Thread thread = new Thread(null, task, name, stackBytes, false);
    thread.setDaemon(true);
    return thread;
  }

  /** Lets the threads end; tasks that were given before are still run. */
  private synchronized void end() {
    if (pool != null) {
      pool.shutdown();
      pool = null;
    }
  }
}
