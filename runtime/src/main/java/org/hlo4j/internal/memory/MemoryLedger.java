package org.hlo4j.internal.memory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the native memory of tensors, in bytes: what is held, what was freed and is still used by
 * running work, and what work has yet to write. Safe for use by many threads.
 */
public final class MemoryLedger {
  private static final AtomicLong HELD = new AtomicLong();
  private static final AtomicLong ENDING = new AtomicLong();
  private static final AtomicLong UNWRITTEN = new AtomicLong();

  private static volatile long leastHeld;

  private MemoryLedger() {}

  /** A tensor of so many bytes is there. */
  public static void hold(long bytes) {
    TrimOnRelease.held(HELD.addAndGet(bytes));
  }

  /** It is gone. */
  public static void release(long bytes) {
    long held = HELD.addAndGet(-bytes);
    if (held < leastHeld) {
      leastHeld = held;
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
    addUnwritten(bytes);
    var unused = work.whenComplete((nothing, thrown) -> addUnwritten(-bytes));
  }

  /** Counts memory that is being allocated, or no longer counts it. */
  static void addUnwritten(long bytes) {
    UNWRITTEN.addAndGet(bytes);
  }

  static long held() {
    return HELD.get();
  }

  /** The smallest amount that was held since {@link #resetLeastHeld}: at most so much is in use. */
  static long leastHeld() {
    return leastHeld;
  }

  /** Takes what is held now, after a collection, for what is in use; returns it. */
  static long resetLeastHeld() {
    long held = held();
    leastHeld = held;
    return held;
  }

  /** The part of the memory that was freed, and is used by running work. */
  static long ending() {
    return ENDING.get();
  }

  /** Memory that was or will be allocated, and that its work has not written yet. */
  static long unwritten() {
    return UNWRITTEN.get();
  }

  /** The memory that running work uses, as far as it is large or was freed. */
  static long running() {
    return ending() + unwritten();
  }
}
