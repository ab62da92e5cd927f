package org.hlo4j;

import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.pjrt.MemoryHandle;
import org.hlo4j.internal.transfer.HostToDevice;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/**
 * A memory that a device can reach: its own, which is where kernels expect their arguments, or one
 * of the host's, from which a GPU copies faster ({@code pinned_host}) or slower ({@code
 * unpinned_host}). A CPU's kernels take tensors from any of its memories; elsewhere PJRT refuses
 * one that is not where the program expects it. Safe for use by many threads.
 */
public final class Memory {
  private final Device device;
  private final MemoryHandle handle;
  private final boolean isDefault;

  Memory(Device device, MemoryHandle handle, boolean isDefault) {
    this.device = device;
    this.handle = handle;
    this.isDefault = isDefault;
  }

  MemoryHandle handle() {
    return handle;
  }

  /** The device through which this memory was found. */
  public Device device() {
    return device;
  }

  /**
   * What PJRT calls memories like it: {@code device}, {@code pinned_host}, {@code unpinned_host}.
   */
  public String kind() {
    return handle.kind();
  }

  /** PJRT's number of the memory, unique within its client. */
  public int id() {
    return handle.id();
  }

  /** Whether tensors are here unless another memory is asked for. */
  public boolean isDefault() {
    return isDefault;
  }

  /**
   * Copies data of any kind that {@link Device#put(Shape, Object)} takes, and waits for it to
   * arrive.
   *
   * @throws ArgumentException if the data does not fit the type
   * @throws BufferStateException if the client was closed
   */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, Object data) {
    return putAsync(type, data).value();
  }

  /** Starts what {@link #put(Class, Object)} does. The data may change once this has returned. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, Object data) {
    return send(Shape.of(type), data);
  }

  /** As {@link #put(Class, Object)}, for shapes that are known only when the program runs. */
  public DeviceBuffer<?> put(Shape shape, Object data) {
    return putAsync(shape, data).value();
  }

  /** As {@link #putAsync(Class, Object)}, for shapes that are known only when the program runs. */
  public BufferPromise<?> putAsync(Shape shape, Object data) {
    return send(shape, data);
  }

  private <T extends Element> BufferPromise<T> send(Shape shape, Object data) {
    return BufferPromise.created(
        HostToDevice.send(device.context(), isDefault ? null : handle, shape, data), device);
  }

  /** The kind and the device, such as {@code pinned_host of cpu:0}. */
  @Override
  public String toString() {
    return kind() + " of " + device;
  }
}
