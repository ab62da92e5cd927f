package org.hlo4j;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.host.HostData;
import org.hlo4j.internal.memory.HostMemoryPool;
import org.hlo4j.internal.sharding.TileCopy;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/** Brings the host's data to the devices of a group, to each its part. */
final class ShardScatter {
  private ShardScatter() {}

  /** Sends the same tensor to each replica. */
  static <T extends Element> ShardedBuffer<T> putSame(
      DeviceGroup group, Shape shape, Sharding sharding, Object data) {
    return putEach(group, shape, sharding, Collections.nCopies(group.replicas(sharding), data));
  }

  /** Sends a host tensor to each replica, and gives its memory back. */
  static <T extends Element> ShardedBuffer<T> handOver(
      DeviceGroup group, Sharding sharding, HostTensor<T> tensor) {
    HostMemoryPool.Block block = tensor.handOver(group);
    try {
      return putSame(group, tensor.shape(), sharding, block.segment());
    } finally {
      block.giveBack();
    }
  }

  /** Sends each replica its tensor. */
  static <T extends Element> ShardedBuffer<T> putEach(
      DeviceGroup group, Shape shape, Sharding sharding, List<?> data) {
    int replicas = group.replicas(sharding);
    if (data.size() != replicas) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s is %d replicas, and there is data for %d",
              group,
              replicas,
              data.size()));
    }
    Shape shardShape = sharding.shardShape(shape);
    DeviceBuffer<?>[] shards = new DeviceBuffer<?>[group.size()];
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
    return new ShardedBuffer<>(group, shape, sharding, shards);
  }

  /** The tensor of one replica, on the host. */
  private static final class Source implements AutoCloseable {
    private final Sharding sharding;
    private final Shape shardShape;
    private final HostData data;

    /** The whole tensor's bytes, if they have to be cut. */
    private final HostMemoryPool.@Nullable Block whole;

    Source(Sharding sharding, Shape shardShape, HostData data) {
      this.sharding = sharding;
      this.shardShape = shardShape;
      this.data = data;
      this.whole = sharding.isReplicated() ? null : HostToDevice.stage(data);
    }

    DeviceBuffer<?> send(Device device, int partition) {
      if (whole == null) {
        return HostToDevice.send(device, data);
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment shard = arena.allocate(Math.max(1, shardShape.byteSize()), Long.BYTES);
        MemorySegment content = shard.asSlice(0, shardShape.byteSize());
        TileCopy.read(sharding.tiling(), partition, data.shape(), whole.segment(), content);
        return HostToDevice.send(device, shardShape, content);
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
