package org.hlo4j.internal.device;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PromiseInterruptedException;

/**
 * Bounds the calls of a device that have begun and not ended, so that a loop which never asks for a
 * value does not take memory without end. Unless a bound is set it is the plugin's own: those of
 * XLA stop a caller after 32 calls of a device. Safe for use by many threads.
 */
public final class CallsInFlight {
  private static final Semaphore[] NONE = {};

  /** One for each device that has a bound, in one order for all groups. */
  private final Semaphore[] rooms;

  private CallsInFlight(Semaphore[] rooms) {
    this.rooms = rooms;
  }

  public static CallsInFlight ofThePlugin() {
    return new CallsInFlight(NONE);
  }

  /**
   * A bound for one device.
   *
   * @throws ArgumentException if it is not positive
   */
  public static CallsInFlight atMost(int calls) {
    if (calls <= 0) {
      throw new ArgumentException("At least one call must be in flight, not " + calls);
    }
    return new CallsInFlight(new Semaphore[] {new Semaphore(calls)});
  }

  /**
   * The bounds of several devices, which a call on all of them keeps.
   *
   * @param devices in one order for all groups, so that no two calls wait for each other
   */
  public static CallsInFlight ofAll(List<CallsInFlight> devices) {
    return new CallsInFlight(
        devices.stream().flatMap(device -> Arrays.stream(device.rooms)).toArray(Semaphore[]::new));
  }

  /** Waits, parked, until another call may begin. */
  public void begin(String program) {
    for (int i = 0; i < rooms.length; i++) {
      try {
        rooms[i].acquire();
      } catch (InterruptedException e) {
        release(i);
        Thread.currentThread().interrupt();
        throw new PromiseInterruptedException("Interrupted while waiting to start " + program);
      }
    }
  }

  private void release(int count) {
    for (int i = 0; i < count; i++) {
      rooms[i].release();
    }
  }

  /**
   * A call has begun; when it has ended, another one may begin.
   *
   * @param end completes then; called if there is a bound
   */
  public void started(Supplier<CompletableFuture<Void>> end) {
    if (rooms.length == 0) {
      return;
    }
    try {
      var unused = end.get().whenComplete((nothing, thrown) -> ended());
    } catch (PjrtException e) {
      // The plugin does not say when it ends; whoever asks for the results is told.
      ended();
    }
  }

  /** A call did not begin after all, or has ended. */
  public void ended() {
    release(rooms.length);
  }
}
