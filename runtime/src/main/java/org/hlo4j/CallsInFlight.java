package org.hlo4j;

import java.util.concurrent.Semaphore;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PromiseInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the calls of a device that have begun and not ended, so that a loop which never asks for a
 * value does not take memory without end. Unless a bound is set it is the plugin's own: those of
 * XLA stop a caller after 32 calls of a device.
 */
final class CallsInFlight {
  private final @Nullable Semaphore room;

  private CallsInFlight(@Nullable Semaphore room) {
    this.room = room;
  }

  /** The plugin's own bound. */
  static CallsInFlight ofThePlugin() {
    return new CallsInFlight(null);
  }

  /**
   * A bound.
   *
   * @throws ArgumentException if it is not positive
   */
  static CallsInFlight atMost(int calls) {
    if (calls <= 0) {
      throw new ArgumentException("At least one call must be in flight, not " + calls);
    }
    return new CallsInFlight(new Semaphore(calls));
  }

  /** Waits, parked, until another call may begin. */
  void begin(String program) {
    if (room == null) {
      return;
    }
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PromiseInterruptedException("Interrupted while waiting to start " + program);
    }
  }

  /** A call has begun; when its results are there, another one may. */
  void started(Results results) {
    if (room == null) {
      return;
    }
    try {
      var unused = results.completion().whenComplete((nothing, thrown) -> room.release());
    } catch (PjrtException e) {
      // The plugin does not say when it ends; whoever asks for the results is told.
      room.release();
    }
  }

  /** A call did not begin after all. */
  void failed() {
    if (room != null) {
      room.release();
    }
  }
}
