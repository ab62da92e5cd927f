package org.hlo4j.internal.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives memory back to the operating system after much of it was freed: {@code malloc} would keep
 * it. Not at once, and at most once a second, since a program that goes on would have to touch new
 * pages.
 */
public final class TrimOnRelease {
  private static final long WORTH_TRIMMING = 64L << 20;
  private static final long DELAY_SECONDS = 1;
  private static final AtomicBoolean DUE = new AtomicBoolean();

  /** The most that was held since the last time. */
  private static volatile long peak;

  private static volatile Runnable trimmer = () -> {};

  private TrimOnRelease() {}

  /** Has memory given back by a task from now on. */
  public static void trimBy(Runnable task) {
    trimmer = task;
  }

  static void trim() {
    trimmer.run();
  }

  /** So much is held after an allocation. */
  static void held(long bytes) {
    if (bytes > peak) {
      peak = bytes;
    }
  }

  /** So much is still held after memory was freed. */
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
