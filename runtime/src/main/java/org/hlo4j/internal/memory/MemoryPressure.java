package org.hlo4j.internal.memory;

import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.internal.setting.LongSetting;

/**
 * Bounds the native memory of tensors that nobody has closed. The Java collector does not see that
 * memory: a loop that drops its results makes little Java garbage, and would fill the machine long
 * before a collection is due.
 *
 * <p>Before an allocation that would exceed the limit, the allocating thread waits: for memory that
 * was freed, but that running work still uses, and for a collection. What is held afterwards is in
 * use, and does not count against the limit. The wait ends when there is room or nothing more can
 * be freed; it never ends in a failure, unless the machine or the container has no memory left.
 * Below the limit nobody waits.
 */
public final class MemoryPressure {
  private static final long SMALLEST_LIMIT = 256L << 20;

  /** Sums of allocations, and allocations, below this are not worth asking the system. */
  private static final long WORTH_ASKING = 64L << 20;

  /** What is in use may grow by a quarter before the next collection, if that is more. */
  private static final long GROWTH = 4;

  /**
   * After a collection that has paid, the next one comes after a third of the limit: where tensors
   * are dropped one after the other, {@code malloc} needs up to three times their memory, since it
   * seldom fits an aligned block into the gap that another one has left. So memory stays within the
   * limit, and the same pages are used again, which costs a tenth of new ones.
   */
  private static final long SHORTER = 3;

  private static final long STEP_NANOS = 200_000;

  /** How long running work is waited for that ends nothing: it may depend on the caller. */
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  /** How much may be held beyond what is in use: a quarter of what was free at the start. */
  private static final long LIMIT =
      LongSetting.COLLECT_AT.orElse(Math.max(SMALLEST_LIMIT, AvailableMemory.bytes() / 4));

  private static final ReentrantLock LOCK = new ReentrantLock();

  /** How much may be held beyond what is in use, at present. */
  private static volatile long allowance = LIMIT;

  /** What was held when the system was last asked. */
  private static volatile long heldWhenAsked;

  private static final Reservation NOTHING_RESERVED = () -> {};

  private MemoryPressure() {}

  /** Room for an allocation. */
  public interface Reservation {
    /** Ends the reservation: the allocation was made, or has failed. */
    void end();
  }

  /**
   * Makes room for an allocation on a device with memory of its own. Waits above the limit.
   *
   * @param bytes how much will be allocated
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
   * @param what what allocates, for the message
   * @param purpose what for, with a leading space, or nothing
   * @param bytes how much it will allocate
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

  /** Frees what nobody uses any more, for a caller whom a device has refused memory. */
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
              "%s needs %,d bytes%s, and only %,d are available; tensors that are open take %,d"
                  + " bytes",
              what,
              bytes,
              purpose,
              Math.max(0, available),
              MemoryLedger.held()));
    }
  }

  /**
   * Collects, and waits for running work, whose results may only then be unreachable, until there
   * is room, or nothing more is freed.
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

  /** Waits for running work, until that is enough, or none of it ends any more. */
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
