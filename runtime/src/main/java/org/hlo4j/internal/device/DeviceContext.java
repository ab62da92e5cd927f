package org.hlo4j.internal.device;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.internal.memory.MemoryPressure;
import org.hlo4j.internal.memory.MemoryPressure.Reservation;
import org.hlo4j.internal.pjrt.DeviceHandle;

/** A device's native handle, and the limits of its calls. Safe for use by multiple threads. */
public final class DeviceContext {
  /** The limit of calls in flight in XLA's own clients. */
  private static final int DEFERRED_CALLS = 32;

  private final ClientContext client;
  private final DeviceHandle handle;
  private final int ordinal;
  private final CallsInFlight callsInFlight;
  private final Semaphore deferredCalls = new Semaphore(DEFERRED_CALLS);
  private final GroupContext group;

  /**
   * Creates the context of a device.
   *
   * @param ordinal its index among the client's devices, from 0
   */
  public DeviceContext(
      ClientContext client, DeviceHandle handle, int ordinal, CallsInFlight callsInFlight) {
    this.client = client;
    this.handle = handle;
    this.ordinal = ordinal;
    this.callsInFlight = callsInFlight;
    this.group = new GroupContext(List.of(this));
  }

  public ClientContext client() {
    return client;
  }

  public DeviceHandle handle() {
    return handle;
  }

  /** Returns the device's index among the client's devices, from 0. */
  public int ordinal() {
    return ordinal;
  }

  public GroupContext group() {
    return group;
  }

  /** Returns whether the device can use the host's memory. */
  public boolean sharesHostMemory() {
    return client.isCpu();
  }

  /**
   * Makes room for an allocation in this device's memory. Above the limit for unclosed tensors,
   * waits for garbage collection.
   *
   * @param what the allocating object, for the message
   * @param purpose the purpose, with a leading space, or an empty text
   * @throws InsufficientMemoryException if the device shares the host's memory and too little is
   *     available: XLA does not check, and the process would crash with a segmentation fault
   */
  public Reservation reserve(Object what, String purpose, long bytes) {
    return sharesHostMemory()
        ? MemoryPressure.reserve(what, purpose, bytes)
        : MemoryPressure.makeRoom(bytes);
  }

  /** Returns the limit of calls in flight. */
  CallsInFlight callsInFlight() {
    return callsInFlight;
  }

  /** Returns the limit of deferred calls. */
  Semaphore deferredCalls() {
    return deferredCalls;
  }

  /** Returns the platform and the ordinal, such as {@code cpu:0}. */
  @Override
  public String toString() {
    return client.platform() + ":" + ordinal;
  }
}
