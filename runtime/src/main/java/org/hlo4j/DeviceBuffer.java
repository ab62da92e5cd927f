package org.hlo4j;

import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * An immutable tensor in a device's memory. A kernel to which it is {@link
 * org.hlo4j.annotation.Donated} consumes it. Two are equal if they are the same buffer. Safe for
 * use by multiple threads.
 *
 * @param <T> the tensor type
 */
public final class DeviceBuffer<T extends Element> extends Tensor<T> {
  private final BufferState state;

  DeviceBuffer(BufferState state, Device device) {
    super(device);
    this.state = state;
  }

  @Override
  BufferState state() {
    return state;
  }

  @Override
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <S extends Element> DeviceBuffer<S> as(Class<S> type) {
    checkShape(shape(), type);
    return (DeviceBuffer<S>) this;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DeviceBuffer<?> that && state == that.state;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(state);
  }

  /**
   * Returns the type and the values, abbreviated as in NumPy, or why there are none. Waits for
   * them.
   */
  @Override
  public String toString() {
    return text(state);
  }
}
