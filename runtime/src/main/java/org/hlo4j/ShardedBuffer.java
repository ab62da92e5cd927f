package org.hlo4j;

import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.type.Element;

/**
 * A tensor in the memory of a group of devices. It never changes; a kernel that was given it by
 * {@link org.hlo4j.annotation.Donated} takes it away. Safe for use by many threads.
 *
 * @param <T> the tensor type, of the whole tensor
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
   * The type, how it is spread, and the values of each replica, cut short as NumPy does. Waits for
   * them. A tensor that was closed or given away, or whose work has failed, says so.
   */
  @Override
  public String toString() {
    return text(state);
  }
}
