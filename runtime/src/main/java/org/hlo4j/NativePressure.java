package org.hlo4j;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.hlo4j.internal.host.AvailableMemory;
import org.hlo4j.internal.pjrt.Reclaimer;
import org.hlo4j.internal.setting.LongSetting;

/**
 * Asks for a garbage collection when buffers that nobody has closed hold much memory. The collector
 * does not see that memory: a loop that drops its buffers makes little Java garbage, and would fill
 * the machine long before a collection is due.
 */
final class NativePressure {
  private static final long SMALLEST = 256L << 20;
  private static final long CLEANING_NANOS = 20_000_000;

  /** Up to here nothing is collected: a quarter of what was free at the start, unless set. */
  private static final long FLOOR =
      LongSetting.COLLECT_AT.orElse(Math.max(SMALLEST, AvailableMemory.bytes() / 4));

  private static final AtomicLong HELD = new AtomicLong();
  private static final AtomicLong LIMIT = new AtomicLong(FLOOR);
  private static final AtomicBoolean COLLECTING = new AtomicBoolean();

  private NativePressure() {}

  /** A buffer of so many bytes is there. */
  static void hold(long bytes) {
    if (HELD.addAndGet(bytes) > LIMIT.get() && COLLECTING.compareAndSet(false, true)) {
      Reclaimer.run(NativePressure::collect);
    }
  }

  /** The bytes of all buffers that are there. */
  static long held() {
    return HELD.get();
  }

  /** It is gone. */
  static void release(long bytes) {
    HELD.addAndGet(-bytes);
  }

  /**
   * Afterwards as much again may come before the next collection, so that none is in vain often.
   */
  private static void collect() {
    System.gc();
    // The cleaner needs a moment to free what the collection has found; what is held then counts.
    LockSupport.parkNanos(CLEANING_NANOS);
    LIMIT.set(Math.max(FLOOR, 2 * HELD.get()));
    COLLECTING.set(false);
  }

  /**
   * Collects what nobody uses any more, and waits while that still frees memory: for a caller who
   * has found none left.
   */
  static void reclaim() {
    System.gc();
    long before;
    do {
      before = HELD.get();
      LockSupport.parkNanos(CLEANING_NANOS);
    } while (HELD.get() < before);
  }
}
