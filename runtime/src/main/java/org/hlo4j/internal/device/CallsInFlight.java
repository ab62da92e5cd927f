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
 * Limits the calls in flight on a device, so that a loop that never reads a value does not use
 * unlimited memory. The default is the plugin's limit: XLA's block a caller after 32 calls per
 * device. Safe for use by multiple threads.
 */
public final class CallsInFlight {
  private static final Semaphore[] NONE = {};

  /** One for each device that has a limit, in an order common to all groups. */
  private final Semaphore[] rooms;

  private CallsInFlight(Semaphore[] rooms) {
    this.rooms = rooms;
  }

  public static CallsInFlight ofThePlugin() {
    return new CallsInFlight(NONE);
  }

  /**
   * Returns a limit for one device.
   *
   * @throws ArgumentException if it is not positive
   */
  public static CallsInFlight atMost(int calls) {
    if (calls <= 0) {
      throw new ArgumentException("The limit of calls in flight must be positive, not " + calls);
    }
    return new CallsInFlight(new Semaphore[] {new Semaphore(calls)});
  }

  /**
   * Returns the limits of several devices, for calls on all of them.
   *
   * @param devices in an order common to all groups, to prevent deadlocks
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
   * Records that a call has begun and occupies a place until it ends.
   *
   * @param end completes at its end; only called if there is a limit
   */
  public void started(Supplier<CompletableFuture<Void>> end) {
    if (rooms.length == 0) {
      return;
    }
    try {
      var unused = end.get().whenComplete((nothing, thrown) -> ended());
    } catch (PjrtException e) {
      // The plugin does not report the end; the results report errors to their readers.
      ended();
    }
  }

  /** Records that a call has ended or was not started. */
  public void ended() {
    release(rooms.length);
  }
}
