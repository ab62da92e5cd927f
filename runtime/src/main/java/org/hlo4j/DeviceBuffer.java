package org.hlo4j;

import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * A tensor in a device's memory. It never changes; a kernel that was given it by {@link
 * org.hlo4j.annotation.Donated} takes it away. Two are equal if they are the same buffer. Safe for
 * use by many threads.
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
   * The type and the values, cut short as NumPy does. Waits for them. A buffer that was closed or
   * given away, or whose work has failed, says so.
   */
  @Override
  public String toString() {
    return text(state);
  }
}
