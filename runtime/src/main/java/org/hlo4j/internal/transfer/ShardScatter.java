package org.hlo4j.internal.transfer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.internal.device.DeviceContext;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.host.HostData;
import org.hlo4j.internal.memory.HostMemoryPool;
import org.hlo4j.internal.sharding.TileCopy;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/** Transfers the host's data to the devices of a group, to each its part. */
public final class ShardScatter {
  private ShardScatter() {}

  /**
   * Sends the same tensor to each replica.
   *
   * @throws ArgumentException if the data does not match the shape, the shape the sharding, or the
   *     sharding the group
   */
  public static ShardSet putSame(GroupContext group, Shape shape, Tiling sharding, Object data) {
    return putEach(group, shape, sharding, Collections.nCopies(group.replicas(sharding), data));
  }

  /** Sends pooled memory with a tensor's elements to each replica, and returns it. */
  public static ShardSet handOver(
      GroupContext group, Shape shape, Tiling sharding, HostMemoryPool.Block block) {
    try {
      return putSame(group, shape, sharding, block.segment());
    } finally {
      block.giveBack();
    }
  }

  /**
   * Sends each replica its tensor.
   *
   * @throws ArgumentException if their number is not that of the replicas, or as {@link #putSame}
   */
  public static ShardSet putEach(GroupContext group, Shape shape, Tiling sharding, List<?> data) {
    int replicas = group.replicas(sharding);
    if (data.size() != replicas) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s has %d replicas, but there is data for %d",
              group,
              replicas,
              data.size()));
    }
    Shape shardShape = sharding.shardShape(shape);
    BufferState[] shards = new BufferState[group.size()];
    int sent = 0;
    try {
      for (Object ofReplica : data) {
        try (Source source = new Source(sharding, shardShape, HostData.source(shape, ofReplica))) {
          for (int partition = 0; partition < sharding.devices(); partition++) {
            shards[sent] = source.send(group.device(sent), partition);
            sent++;
          }
        }
      }
    } catch (RuntimeException e) {
      for (int i = 0; i < sent; i++) {
        shards[i].close();
      }
      throw e;
    }
    return new ShardSet(group, shape, sharding, shards);
  }

  /** The tensor of one replica, on the host. */
  private static final class Source implements AutoCloseable {
    private final Tiling sharding;
    private final Shape shardShape;
    private final HostData data;

    /** The whole tensor's bytes, if they must be split. */
    private final HostMemoryPool.@Nullable Block whole;

    Source(Tiling sharding, Shape shardShape, HostData data) {
      this.sharding = sharding;
      this.shardShape = shardShape;
      this.data = data;
      this.whole = sharding.isWhole() ? null : HostToDevice.stage(data);
    }

    BufferState send(DeviceContext device, int partition) {
      if (whole == null) {
        return HostToDevice.send(device, data);
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment shard = arena.allocate(Math.max(1, shardShape.byteSize()), Long.BYTES);
        MemorySegment content = shard.asSlice(0, shardShape.byteSize());
        TileCopy.read(sharding, partition, data.shape(), whole.segment(), content);
        return HostToDevice.send(device, null, shardShape, content);
      }
    }

    @Override
    public void close() {
      if (whole != null) {
        whole.giveBack();
      }
    }
  }
}
