package org.hlo4j.internal.device;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.internal.memory.MemoryPressure;
import org.hlo4j.internal.memory.MemoryPressure.Reservation;
import org.hlo4j.internal.pjrt.DeviceHandle;

/** A device's native handle, and the bounds on its calls. Safe for use by many threads. */
public final class DeviceContext {
  /** As many as XLA's own clients keep in flight on a device. */
  private static final int DEFERRED_CALLS = 32;

  private final ClientContext client;
  private final DeviceHandle handle;
  private final int ordinal;
  private final CallsInFlight callsInFlight;
  private final Semaphore deferredCalls = new Semaphore(DEFERRED_CALLS);
  private final GroupContext group;

  /**
   * The context of a device.
   *
   * @param ordinal its place among the client's devices, counted from 0
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

  /** The device's place among the client's devices, counted from 0. */
  public int ordinal() {
    return ordinal;
  }

  public GroupContext group() {
    return group;
  }

  /** Whether the device can use the host's memory. */
  public boolean sharesHostMemory() {
    return client.isCpu();
  }

  /**
   * Makes room for an allocation in this device's memory. Waits above the limit for unclosed
   * tensors.
   *
   * @param what what allocates, for the message
   * @param purpose what for, with a leading space, or nothing
   * @throws InsufficientMemoryException if the device shares the host's memory, and there is too
   *     little of it: XLA does not check, and the process would end with a segmentation fault
   */
  public Reservation reserve(Object what, String purpose, long bytes) {
    return sharesHostMemory()
        ? MemoryPressure.reserve(what, purpose, bytes)
        : MemoryPressure.makeRoom(bytes);
  }

  /** The bound on calls that have begun and not ended. */
  CallsInFlight callsInFlight() {
    return callsInFlight;
  }

  /** The bound on calls that wait for their program, or for such a call. */
  Semaphore deferredCalls() {
    return deferredCalls;
  }

  /** The platform and the ordinal, such as {@code cpu:0}. */
  @Override
  public String toString() {
    return client.platform() + ":" + ordinal;
  }
}
