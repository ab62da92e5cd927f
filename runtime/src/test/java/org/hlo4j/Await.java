package org.hlo4j;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what happens at some time, however slow the machine is. What never happens is ended by
 * the timeout of all tests, which interrupts them.
 */
public final class Await {
  private static final long PAUSE = 100_000;

  private Await() {}

  /** Returns once the condition is true. */
  public static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new AssertionError("interrupted before it happened");
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
