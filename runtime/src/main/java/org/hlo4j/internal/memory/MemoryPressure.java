package org.hlo4j.internal.memory;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
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

  /** The bytes of all tensors. */
  private static final AtomicLong HELD = new AtomicLong();

  /** The part of them that was freed, and is used by running work. */
  private static final AtomicLong ENDING = new AtomicLong();

  /** Memory that was or will be allocated, and that its work has not written yet. */
  private static final AtomicLong UNWRITTEN = new AtomicLong();

  private static final ReentrantLock LOCK = new ReentrantLock();

  /** At most so much is in use: the smallest amount that was held since the last collection. */
  private static volatile long inUse;

  /** How much may be held beyond what is in use, at present. */
  private static volatile long allowance = LIMIT;

  /** What was held when the system was last asked. */
  private static volatile long heldWhenAsked;

  private static volatile Runnable trimmer = () -> {};

  private static final Reservation NOTHING_RESERVED = () -> {};

  private MemoryPressure() {}

  /** Room for an allocation. */
  public interface Reservation {
    /** Ends the reservation: the allocation was made, or has failed. */
    void end();
  }

  /** A tensor of so many bytes is there. */
  public static void hold(long bytes) {
    TrimOnRelease.held(HELD.addAndGet(bytes));
  }

  /** It is gone. */
  public static void release(long bytes) {
    long held = HELD.addAndGet(-bytes);
    if (held < inUse) {
      inUse = held;
    }
    TrimOnRelease.released(held);
  }

  /** It is gone when running work has ended. */
  public static void releaseAfter(CompletableFuture<?> work, long bytes) {
    ENDING.addAndGet(bytes);
    var unused =
        work.whenComplete(
            (nothing, thrown) -> {
              ENDING.addAndGet(-bytes);
              release(bytes);
            });
  }

  /** Running work will write so many bytes of memory; until then the system shows them as free. */
  public static void expectWriting(CompletableFuture<?> work, long bytes) {
    UNWRITTEN.addAndGet(bytes);
    var unused = work.whenComplete((nothing, thrown) -> UNWRITTEN.addAndGet(-bytes));
  }

  /** The bytes of all tensors that are there. */
  public static long held() {
    return HELD.get();
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
        && HELD.get() + bytes < heldWhenAsked + WORTH_ASKING) {
      return NOTHING_RESERVED;
    }
    LOCK.lock();
    try {
      reclaimAbove(bytes);
      ensureAvailable(what, purpose, bytes);
      heldWhenAsked = HELD.get();
      if (bytes < WORTH_ASKING) {
        return NOTHING_RESERVED;
      }
      UNWRITTEN.addAndGet(bytes);
      return () -> UNWRITTEN.addAndGet(-bytes);
    } finally {
      LOCK.unlock();
    }
  }

  /** Frees what nobody uses any more, for a caller whom a device has refused memory. */
  public static void reclaim() {
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
    long used = inUse;
    return HELD.get() + bytes > used + Math.max(allowance, used / GROWTH);
  }

  private static void reclaimAbove(long bytes) {
    awaitWork(() -> !isAboveLimit(bytes) || ENDING.get() == 0);
    if (isAboveLimit(bytes)) {
      long held = HELD.get();
      long looked = held - inUse;
      reclaimUntil(() -> !isAboveLimit(bytes), bytes);
      inUse = HELD.get();
      allowance = held - inUse > looked / 2 ? LIMIT / SHORTER : LIMIT;
      if (!isAvailable(LIMIT)) {
        trim();
      }
    }
  }

  private static void ensureAvailable(Object what, String purpose, long bytes) {
    if (isAvailable(bytes + WORTH_ASKING)) {
      return;
    }
    HostMemoryPool.freeUnused();
    reclaimUntil(() -> isAvailable(bytes), bytes);
    trim();
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
              HELD.get()));
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
      running = running();
      long enough = Math.max(0, running - bytes);
      awaitWork(() -> isRoom.getAsBoolean() || running() <= enough);
    } while (!isRoom.getAsBoolean() && running() < running);
  }

  /** The memory that running work uses, as far as it is large or was freed. */
  private static long running() {
    return ENDING.get() + UNWRITTEN.get();
  }

  private static boolean isAvailable(long bytes) {
    return bytes <= available();
  }

  private static long available() {
    return AvailableMemory.bytes() - UNWRITTEN.get();
  }

  /** Waits for running work, until that is enough, or none of it ends any more. */
  private static void awaitWork(BooleanSupplier isEnough) {
    long lastRunning = running();
    long lastProgress = System.nanoTime();
    while (running() > 0 && !isEnough.getAsBoolean()) {
      LockSupport.parkNanos(STEP_NANOS);
      long now = System.nanoTime();
      if (running() != lastRunning) {
        lastRunning = running();
        lastProgress = now;
      } else if (now - lastProgress > PATIENCE_NANOS || Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  /** Has free memory given back to the operating system by a task. */
  public static void trimBy(Runnable task) {
    trimmer = task;
  }

  /** Gives free memory back to the operating system. */
  static void trim() {
    trimmer.run();
  }
}
