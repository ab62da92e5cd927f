package org.hlo4j;

import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.type.Element;

/**
 * An immutable tensor in the memory of a group of devices. A kernel to which it is {@link
 * org.hlo4j.annotation.Donated} consumes it. Safe for use by multiple threads.
 *
 * @param <T> the tensor type of the whole tensor
 */
public final class ShardedBuffer<T extends Element> extends Sharded<T> {
  private final ShardSet state;
  private final DeviceGroup group;

  ShardedBuffer(ShardSet state, DeviceGroup group) {
    this.state = state;
    this.group = group;
  }

  @Override
  ShardSet state() {
    return state;
  }

  @Override
  public DeviceGroup group() {
    return group;
  }

  @Override
  public ShardedBuffer<T> replica(int replica) {
    ShardSet one = state.replica(replica);
    return new ShardedBuffer<>(one, group.replica(replica, one.group().size()));
  }

  @Override
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <S extends Element> ShardedBuffer<S> as(Class<S> type) {
    checkShape(shape(), type);
    return (ShardedBuffer<S>) this;
  }

  /**
   * Returns the type, the sharding and the values of each replica, abbreviated as in NumPy, or why
   * there are none. Waits for them.
   */
  @Override
  public String toString() {
    return text(state);
  }
}
