package org.hlo4j.internal.buffer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;

/**
 * A tensor in the memory of a group of devices: one buffer on each. Immutable; the buffers are safe
 * for use by multiple threads.
 */
public final class ShardSet implements ArrayState {
  private final GroupContext group;
  private final Shape shape;
  private final Tiling tiling;
  private final List<BufferState> shards;

  /** Creates a set of matching shards: one for each device of the group, in order. */
  public ShardSet(GroupContext group, Shape shape, Tiling tiling, BufferState[] shards) {
    this.group = group;
    this.shape = shape;
    this.tiling = tiling;
    this.shards = List.copyOf(Arrays.asList(shards));
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public GroupContext group() {
    return group;
  }

  @Override
  public Tiling tiling() {
    return tiling;
  }

  @Override
  public BufferState shardAt(int place) {
    return shards.get(place);
  }

  /** Returns the buffers, in the order of the devices. */
  public List<BufferState> shards() {
    return shards;
  }

  /** Returns the number of replicas, each of which has its own tensor. */
  public int replicas() {
    return group.size() / tiling.devices();
  }

  /**
   * Returns one replica's tensor with the same buffers.
   *
   * @throws ArgumentException if there is no such replica
   */
  public ShardSet replica(int replica) {
    if (replica < 0 || replica >= replicas()) {
      throw new ArgumentException(
          String.format(Locale.ROOT, "There is no replica %d of %d", replica, replicas()));
    }
    int partitions = tiling.devices();
    return new ShardSet(
        group.replica(replica, partitions),
        shape,
        tiling,
        shards
            .subList(replica * partitions, (replica + 1) * partitions)
            .toArray(BufferState[]::new));
  }

  @Override
  public ShardSet share() {
    BufferState[] shares = new BufferState[shards.size()];
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
    return new ShardSet(group, shape, tiling, shares);
  }

  @Override
  public void spend(CallSite by) {
    shards.forEach(shard -> shard.spend(by));
  }

  @Override
  public boolean isClosed() {
    return shards.stream().anyMatch(BufferState::isClosed);
  }

  @Override
  public void close() {
    shards.forEach(BufferState::close);
  }

  /** Completes when each shard is ready or released. */
  public CompletableFuture<Void> settled() {
    return CompletableFuture.allOf(
        shards.stream().map(BufferState::settled).toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public String description() {
    if (group.size() == 1) {
      return "%s on %s".formatted(shape, group.name());
    }
    return replicas() == 1
        ? "%s, %s, on %s".formatted(shape, tiling, group)
        : String.format(
            Locale.ROOT, "%d replicas of %s, %s, on %s", replicas(), shape, tiling, group);
  }
}
