package org.hlo4j;

import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.pjrt.MemoryHandle;
import org.hlo4j.internal.transfer.HostToDevice;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/**
 * A memory that a device can address: its own, where kernels expect their arguments, or one on the
 * host, from which a GPU copies faster ({@code pinned_host}) or slower ({@code unpinned_host}). A
 * CPU's kernels accept tensors in any of its memories; elsewhere PJRT rejects a tensor that is not
 * in the memory that the program expects. Safe for use by multiple threads.
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

  /** Returns the device that this memory was obtained from. */
  public Device device() {
    return device;
  }

  /** Returns PJRT's kind: {@code device}, {@code pinned_host}, {@code unpinned_host}. */
  public String kind() {
    return handle.kind();
  }

  /** Returns PJRT's id of the memory, unique within its client. */
  public int id() {
    return handle.id();
  }

  /** Returns whether this is the device's default memory. */
  public boolean isDefault() {
    return isDefault;
  }

  /**
   * Copies data in any form that {@link Device#put(Shape, Object)} accepts, and waits for the
   * transfer.
   *
   * @throws ArgumentException if the data does not match the type
   * @throws BufferStateException if the client was closed
   */
  public <T extends Element> DeviceBuffer<T> put(Class<T> type, Object data) {
    return putAsync(type, data).value();
  }

  /** Starts {@link #put(Class, Object)}. The data may be modified once this has returned. */
  public <T extends Element> BufferPromise<T> putAsync(Class<T> type, Object data) {
    return send(Shape.of(type), data);
  }

  /** Like {@link #put(Class, Object)}, for shapes known only at run time. */
  public DeviceBuffer<?> put(Shape shape, Object data) {
    return putAsync(shape, data).value();
  }

  /** Like {@link #putAsync(Class, Object)}, for shapes known only at run time. */
  public BufferPromise<?> putAsync(Shape shape, Object data) {
    return send(shape, data);
  }

  private <T extends Element> BufferPromise<T> send(Shape shape, Object data) {
    return BufferPromise.created(
        HostToDevice.send(device.context(), isDefault ? null : handle, shape, data), device);
  }

  /** Returns the kind and the device, such as {@code pinned_host of cpu:0}. */
  @Override
  public String toString() {
    return kind() + " of " + device;
  }
}
