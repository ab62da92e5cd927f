package org.hlo4j;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.host.HostData;
import org.hlo4j.internal.host.TensorText;
import org.hlo4j.internal.memory.HostMemoryPool;
import org.hlo4j.internal.sharding.TileCopy;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;

/** Puts tensors together on the host of the parts that the devices of a group have. */
final class Gathering {
  private Gathering() {}

  /** A promise of the one replica's content as an array. The copies are ordered now. */
  static <A> Promise<A> readAsync(ShardedBuffer<?> buffer, Class<A> arrayType) {
    Shape shape = buffer.wholeShape();
    HostData.checkType(shape, arrayType);
    return promise(buffer, List.of(new Parts(buffer)), parts -> parts.get(0).read(arrayType));
  }

  /** A promise of each replica's content as an array. The copies are ordered now. */
  static <A> Promise<List<A>> readEachAsync(ShardedBuffer<?> buffer, Class<A> arrayType) {
    HostData.checkType(buffer.wholeShape(), arrayType);
    List<Parts> all = new ArrayList<>();
    for (int i = 0; i < buffer.replicas(); i++) {
      all.add(new Parts(buffer.replica(i)));
    }
    return promise(
        buffer, all, parts -> parts.stream().map(replica -> replica.read(arrayType)).toList());
  }

  /** Copies the one replica's bytes. Waits for them. */
  static void copy(ShardedBuffer<?> buffer, MemorySegment target) {
    Shape shape = buffer.wholeShape();
    if (target.byteSize() != shape.byteSize() || target.isReadOnly()) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s needs %d bytes that can be written; this MemorySegment has %d%s",
              shape,
              shape.byteSize(),
              target.byteSize(),
              target.isReadOnly() ? ", read-only" : ""));
    }
    Parts parts = new Parts(buffer);
    Promise<Void> arrival =
        new FuturePromise<>(parts.complete(), FuturePromise::nothing, () -> describe(buffer));
    Void unused = arrival.value();
    parts.put(target);
  }

  /** The content of each replica as NumPy prints it. Waits for it. */
  static String text(ShardedBuffer<?> buffer) {
    return IntStream.range(0, buffer.replicas())
        .mapToObj(replica -> textOfOne(buffer.replica(replica)))
        .collect(Collectors.joining("\n"));
  }

  private static String textOfOne(ShardedBuffer<?> buffer) {
    Shape shape = buffer.wholeShape();
    HostMemoryPool.Block content = HostMemoryPool.take(shape.byteSize());
    try {
      copy(buffer, content.segment());
      return TensorText.of(shape, content.segment());
    } finally {
      content.giveBack();
    }
  }

  private static <A> Promise<A> promise(
      ShardedBuffer<?> buffer, List<Parts> parts, Function<List<Parts>, A> read) {
    CompletableFuture<?>[] all =
        parts.stream().map(Parts::complete).toArray(CompletableFuture<?>[]::new);
    // Not the buffer itself: a promise of its content should not keep its memory.
    String what = describe(buffer);
    Once<A> once = new Once<>(() -> read.apply(parts));
    return new FuturePromise<>(CompletableFuture.allOf(all), once, () -> what);
  }

  private static String describe(ShardedBuffer<?> buffer) {
    return "reading the %s from %s"
        .formatted(buffer.description(), buffer.shardList().get(0).origin());
  }

  /** The parts of one replica's tensor on their way to pooled host memory. */
  private static final class Parts {
    private final Shape shape;
    private final Tiling tiling;
    private final List<Part> parts = new ArrayList<>();

    private record Part(int device, HostMemoryPool.Block block, CompletableFuture<Void> complete) {}

    Parts(ShardedBuffer<?> buffer) {
      this.shape = buffer.wholeShape();
      this.tiling = buffer.spread().tiling();
      for (int device : tiling.holders()) {
        parts.add(part(device, buffer.shardList().get(device)));
      }
    }

    private static Part part(int device, DeviceBuffer<?> shard) {
      HostMemoryPool.Block block = HostMemoryPool.take(shard.shape().byteSize());
      return new Part(device, block, shard.toHost(block.segment()));
    }

    CompletableFuture<Void> complete() {
      return CompletableFuture.allOf(
          parts.stream().map(Part::complete).toArray(CompletableFuture<?>[]::new));
    }

    /** Puts the parts, which have arrived, into memory of the whole tensor's size; once. */
    void put(MemorySegment whole) {
      for (Part part : parts) {
        TileCopy.write(tiling, part.device(), shape, whole, part.block().segment());
        part.block().giveBack();
      }
    }

    <A> A read(Class<A> arrayType) {
      HostMemoryPool.Block whole = HostMemoryPool.take(shape.byteSize());
      try {
        put(whole.segment());
        return HostData.read(shape, arrayType, whole.segment());
      } finally {
        whole.giveBack();
      }
    }
  }
}
