package org.hlo4j.internal.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Returns freed memory to the operating system, since {@code malloc} would keep it. Deferred, and
 * at most once per second, since a running program would have to fault in new pages.
 */
public final class TrimOnRelease {
  private static final long WORTH_TRIMMING = 64L << 20;
  private static final long DELAY_SECONDS = 1;
  private static final AtomicBoolean DUE = new AtomicBoolean();

  /** The maximum held since the last trim. */
  private static volatile long peak;

  private static volatile Runnable trimmer = () -> {};

  private TrimOnRelease() {}

  /** Sets the task that trims memory. */
  public static void trimBy(Runnable task) {
    trimmer = task;
  }

  static void trim() {
    trimmer.run();
  }

  /** Records the memory held after an allocation. */
  static void held(long bytes) {
    if (bytes > peak) {
      peak = bytes;
    }
  }

  /** Records the memory held after a release. */
  static void released(long bytes) {
    if (isMuchLess(bytes) && DUE.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(DELAY_SECONDS, TimeUnit.SECONDS, Reclaimer::run)
          .execute(TrimOnRelease::trimIfStillFree);
    }
  }

  private static boolean isMuchLess(long bytes) {
    long most = peak;
    return most - bytes > WORTH_TRIMMING && bytes < most / 2;
  }

  private static void trimIfStillFree() {
    DUE.set(false);
    long bytes = MemoryLedger.held();
    if (isMuchLess(bytes)) {
      peak = bytes;
      trim();
    }
  }
}
