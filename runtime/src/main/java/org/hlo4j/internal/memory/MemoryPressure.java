package org.hlo4j.internal.memory;

import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.internal.setting.LongSetting;

/**
 * Limits the native memory of unclosed tensors. The Java collector does not account for it: a loop
 * that drops its results produces little Java garbage, and would exhaust the machine's memory long
 * before a collection.
 *
 * <p>An allocation that would exceed the limit first waits for freed memory that running work still
 * uses, and for a collection. What is held afterwards is in use, and does not count against the
 * limit. The wait ends when there is room or nothing more can be freed; it only fails if the
 * machine or the container has no memory left. Below the limit there is no wait.
 */
public final class MemoryPressure {
  private static final long SMALLEST_LIMIT = 256L << 20;

  /** Smaller allocations, and smaller sums of them, are not worth a query of the system. */
  private static final long WORTH_ASKING = 64L << 20;

  /** Memory in use may grow by a quarter before the next collection, if that is more. */
  private static final long GROWTH = 4;

  /**
   * After a productive collection, the next one comes after a third of the limit: if tensors are
   * dropped one after another, {@code malloc} needs up to three times their memory, since it seldom
   * fits an aligned block into the gap of another. This keeps memory within the limit and reuses
   * pages, at a tenth of the cost of new ones.
   */
  private static final long SHORTER = 3;

  private static final long STEP_NANOS = 200_000;

  /** The time to wait for running work without progress, which may depend on the caller. */
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  /** The limit of memory held beyond that in use: a quarter of the memory free at start. */
  private static final long LIMIT =
      LongSetting.COLLECT_AT.orElse(Math.max(SMALLEST_LIMIT, AvailableMemory.bytes() / 4));

  private static final ReentrantLock LOCK = new ReentrantLock();

  /** The current limit of memory held beyond that in use. */
  private static volatile long allowance = LIMIT;

  /** The memory held at the last query of the system. */
  private static volatile long heldWhenAsked;

  private static final Reservation NOTHING_RESERVED = () -> {};

  private MemoryPressure() {}

  /** A reservation for an allocation. */
  public interface Reservation {
    /** Ends the reservation: the allocation succeeded or failed. */
    void end();
  }

  /**
   * Makes room for an allocation on a device with its own memory. Waits above the limit.
   *
   * @param bytes the size of the allocation
   */
  public static Reservation makeRoom(long bytes) {
    if (isAboveLimit(bytes)) {
      locked(() -> reclaimAbove(bytes));
    }
    return NOTHING_RESERVED;
  }

  /**
   * Makes room for an allocation of the host's memory. Waits above the limit.
   *
   * @param what the allocating object, for the message
   * @param purpose the purpose, with a leading space, or an empty text
   * @param bytes the size of the allocation
   * @throws InsufficientMemoryException if the machine or the container has too little memory left
   */
  public static Reservation reserve(Object what, String purpose, long bytes) {
    if (bytes < WORTH_ASKING
        && !isAboveLimit(bytes)
        && MemoryLedger.held() + bytes < heldWhenAsked + WORTH_ASKING) {
      return NOTHING_RESERVED;
    }
    LOCK.lock();
    try {
      reclaimAbove(bytes);
      ensureAvailable(what, purpose, bytes);
      heldWhenAsked = MemoryLedger.held();
      if (bytes < WORTH_ASKING) {
        return NOTHING_RESERVED;
      }
      MemoryLedger.addUnwritten(bytes);
      return () -> MemoryLedger.addUnwritten(-bytes);
    } finally {
      LOCK.unlock();
    }
  }

  /** Frees unreachable tensors, for a caller whose allocation failed on a device. */
  static void reclaim() {
    locked(GarbageCollector::collect);
  }

  private static void locked(Runnable task) {
    LOCK.lock();
    try {
      task.run();
    } finally {
      LOCK.unlock();
    }
  }

  private static boolean isAboveLimit(long bytes) {
    long used = MemoryLedger.leastHeld();
    return MemoryLedger.held() + bytes > used + Math.max(allowance, used / GROWTH);
  }

  private static void reclaimAbove(long bytes) {
    awaitWork(() -> !isAboveLimit(bytes) || MemoryLedger.ending() == 0);
    if (isAboveLimit(bytes)) {
      long held = MemoryLedger.held();
      long looked = held - MemoryLedger.leastHeld();
      reclaimUntil(() -> !isAboveLimit(bytes), bytes);
      long inUse = MemoryLedger.resetLeastHeld();
      allowance = held - inUse > looked / 2 ? LIMIT / SHORTER : LIMIT;
      if (!isAvailable(LIMIT)) {
        TrimOnRelease.trim();
      }
    }
  }

  private static void ensureAvailable(Object what, String purpose, long bytes) {
    if (isAvailable(bytes + WORTH_ASKING)) {
      return;
    }
    HostMemoryPool.freeUnused();
    reclaimUntil(() -> isAvailable(bytes), bytes);
    TrimOnRelease.trim();
    long available = available();
    if (bytes > available) {
      throw new InsufficientMemoryException(
          String.format(
              Locale.ROOT,
              "%s needs %,d bytes%s, but only %,d are available; open tensors take %,d" + " bytes",
              what,
              bytes,
              purpose,
              Math.max(0, available),
              MemoryLedger.held()));
    }
  }

  /**
   * Collects, and waits for running work, whose end may make results unreachable, until there is
   * room, or nothing more is freed.
   */
  private static void reclaimUntil(BooleanSupplier isRoom, long bytes) {
    long running;
    do {
      GarbageCollector.collect();
      running = MemoryLedger.running();
      long enough = Math.max(0, running - bytes);
      awaitWork(() -> isRoom.getAsBoolean() || MemoryLedger.running() <= enough);
    } while (!isRoom.getAsBoolean() && MemoryLedger.running() < running);
  }

  private static boolean isAvailable(long bytes) {
    return bytes <= available();
  }

  private static long available() {
    return AvailableMemory.bytes() - MemoryLedger.unwritten();
  }

  /** Waits for running work, until enough has ended, or there is no more progress. */
  private static void awaitWork(BooleanSupplier isEnough) {
    long lastRunning = MemoryLedger.running();
    long lastProgress = System.nanoTime();
    while (MemoryLedger.running() > 0 && !isEnough.getAsBoolean()) {
      LockSupport.parkNanos(STEP_NANOS);
      long now = System.nanoTime();
      if (MemoryLedger.running() != lastRunning) {
        lastRunning = MemoryLedger.running();
        lastProgress = now;
      } else if (now - lastProgress > PATIENCE_NANOS || Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
