package org.hlo4j.internal.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counters of the native memory of tensors, in bytes: held, freed but still used by running work,
 * and not yet written by work. Safe for use by multiple threads.
 */
public final class MemoryLedger {
  private static final AtomicLong HELD = new AtomicLong();
  private static final AtomicLong ENDING = new AtomicLong();
  private static final AtomicLong UNWRITTEN = new AtomicLong();

  private static volatile long leastHeld;

  private MemoryLedger() {}

  /** Adds a tensor of the given size. */
  public static void hold(long bytes) {
    TrimOnRelease.held(HELD.addAndGet(bytes));
  }

  /** Removes a tensor. */
  public static void release(long bytes) {
    long held = HELD.addAndGet(-bytes);
    if (held < leastHeld) {
      leastHeld = held;
    }
    TrimOnRelease.released(held);
  }

  /** Removes a tensor when running work has ended. */
  public static void releaseAfter(CompletableFuture<?> work, long bytes) {
    ENDING.addAndGet(bytes);
    var unused =
        work.whenComplete(
            (nothing, thrown) -> {
              ENDING.addAndGet(-bytes);
              release(bytes);
            });
  }

  /** Adds memory that running work will write, which the system reports as free until then. */
  public static void expectWriting(CompletableFuture<?> work, long bytes) {
    addUnwritten(bytes);
    var unused = work.whenComplete((nothing, thrown) -> addUnwritten(-bytes));
  }

  /** Adds or subtracts memory that is being allocated. */
  static void addUnwritten(long bytes) {
    UNWRITTEN.addAndGet(bytes);
  }

  static long held() {
    return HELD.get();
  }

  /** Returns the minimum held since {@link #resetLeastHeld}: an upper bound of what is in use. */
  static long leastHeld() {
    return leastHeld;
  }

  /** Resets the minimum to what is held now, after a collection, and returns it. */
  static long resetLeastHeld() {
    long held = held();
    leastHeld = held;
    return held;
  }

  /** Returns the memory that was freed but is still used by running work. */
  static long ending() {
    return ENDING.get();
  }

  /** Returns the memory whose allocation was requested, but that work has not written yet. */
  static long unwritten() {
    return UNWRITTEN.get();
  }

  /** Returns the memory used by running work, if it is large or was freed. */
  static long running() {
    return ending() + unwritten();
  }
}
