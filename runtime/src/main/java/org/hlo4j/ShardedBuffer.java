package org.hlo4j;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/**
 * A tensor in the memory of a group of devices. It never changes; a kernel that was given it by
 * {@link org.hlo4j.annotation.Donated} takes it away. Safe for use by many threads.
 *
 * @param <T> the tensor type, of the whole tensor
 */
public final class ShardedBuffer<T extends Element> extends Sharded<T> {
  private final DeviceGroup group;
  private final Shape shape;
  private final Sharding sharding;
  private final List<DeviceBuffer<?>> shards;

  /** Of shards that fit. */
  ShardedBuffer(DeviceGroup group, Shape shape, Sharding sharding, DeviceBuffer<?>[] shards) {
    this.group = group;
    this.shape = shape;
    this.sharding = sharding;
    this.shards = List.copyOf(Arrays.asList(shards));
  }

  @Override
  ShardedBuffer<T> buffer() {
    return this;
  }

  Shape wholeShape() {
    return shape;
  }

  DeviceGroup deviceGroup() {
    return group;
  }

  Sharding spread() {
    return sharding;
  }

  List<DeviceBuffer<?>> shardList() {
    return shards;
  }

  /**
   * Another holder of each shard.
   *
   * @throws BufferStateException if one was closed or given away
   */
  ShardedBuffer<T> share() {
    DeviceBuffer<?>[] shares = new DeviceBuffer<?>[shards.size()];
    for (int i = 0; i < shares.length; i++) {
      try {
        shares[i] = shards.get(i).share();
      } catch (BufferStateException e) {
        for (int j = 0; j < i; j++) {
          shares[j].close();
        }
        throw e;
      }
    }
    return new ShardedBuffer<>(group, shape, sharding, shares);
  }

  /** What the first device has, where that is the whole tensor. */
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  DeviceBuffer<T> wholeShard() {
    return (DeviceBuffer<T>) shards.get(0);
  }

  Promise<Void> whenReady() {
    return Promise.all(shards.stream().map(DeviceBuffer::whenReady).toList());
  }

  boolean isSettled() {
    return shards.stream().allMatch(shard -> shard.settled().isDone());
  }

  @Override
  public ShardedBuffer<T> replica(int replica) {
    if (replica < 0 || replica >= replicas()) {
      throw new ArgumentException(
          String.format(Locale.ROOT, "There is no replica %d of %d", replica, replicas()));
    }
    int partitions = sharding.devices();
    return new ShardedBuffer<>(
        group.replica(replica, partitions),
        shape,
        sharding,
        shards
            .subList(replica * partitions, (replica + 1) * partitions)
            .toArray(DeviceBuffer<?>[]::new));
  }

  @Override
  @SuppressWarnings("unchecked") // The type is a phantom: only the shape is there to be right.
  public <S extends Element> ShardedBuffer<S> as(Class<S> type) {
    Shape other = Shape.of(type);
    if (!other.equals(shape)) {
      throw new ArgumentException(
          "%s is not a %s, which is a %s".formatted(shape, type.getSimpleName(), other));
    }
    return (ShardedBuffer<S>) this;
  }

  /** The type and where it is. */
  String description() {
    if (group.size() == 1) {
      return "%s on %s".formatted(shape, group.name());
    }
    return replicas() == 1
        ? "%s, %s, on %s".formatted(shape, sharding, group)
        : String.format(
            Locale.ROOT, "%d replicas of %s, %s, on %s", replicas(), shape, sharding, group);
  }

  /**
   * The type, how it is spread, and the values of each replica, cut short as NumPy does. Waits for
   * them. A tensor that was closed or given away, or whose work has failed, says so.
   */
  @Override
  public String toString() {
    try {
      return "%s%n%s".formatted(description(), ShardGather.text(this));
    } catch (HloException e) {
      return "%s: %s".formatted(description(), e.getMessage());
    }
  }
}
