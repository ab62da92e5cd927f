package org.hlo4j.internal.transfer;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hlo4j.internal.buffer.ShardSet;
import org.hlo4j.internal.host.HostData;
import org.hlo4j.internal.host.StoredBytes;
import org.hlo4j.internal.host.TensorText;
import org.hlo4j.internal.memory.HostMemoryPool;
import org.hlo4j.internal.promise.Completion;
import org.hlo4j.internal.promise.Once;
import org.hlo4j.internal.sharding.TileCopy;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;

/** Assembles tensors on the host from the shards on the devices of a group. */
public final class ShardGather {
  private ShardGather() {}

  /** Returns a promise of the only replica's content as an array. The copies are enqueued now. */
  public static <A> Completion<A> readAsync(ShardSet buffer, Class<A> arrayType) {
    HostData.checkType(buffer.shape(), arrayType);
    return promise(buffer, parts -> parts.read(arrayType));
  }

  /** Returns a promise of each replica's content as an array. The copies are enqueued now. */
  public static <A> Completion<List<A>> readEachAsync(ShardSet buffer, Class<A> arrayType) {
    HostData.checkType(buffer.shape(), arrayType);
    List<Parts> all = new ArrayList<>();
    for (int i = 0; i < buffer.replicas(); i++) {
      all.add(new Parts(buffer.replica(i)));
    }
    CompletableFuture<?>[] complete =
        all.stream().map(Parts::complete).toArray(CompletableFuture<?>[]::new);
    return promise(
        buffer,
        CompletableFuture.allOf(complete),
        () -> all.stream().map(replica -> replica.read(arrayType)).toList());
  }

  /** Returns the only replica's content: in place if one device has it all, otherwise a copy. */
  public static HostView view(ShardSet buffer) {
    return buffer.tiling().isWhole()
        ? DeviceToHost.view(buffer.shardAt(0).materialized())
        : hostTensorAsync(buffer, HostView::of).value();
  }

  /**
   * Returns a promise of the only replica's content in pooled memory.
   *
   * @param owner takes ownership of the memory
   */
  public static <A> Completion<A> hostTensorAsync(
      ShardSet buffer, Function<HostMemoryPool.Block, A> owner) {
    return promise(buffer, parts -> owner.apply(parts.whole()));
  }

  /** Copies the only replica's content into an array, buffer or segment; returns that. Waits. */
  public static Object copy(ShardSet buffer, Object target) {
    Shape shape = buffer.shape();
    HostData.checkTarget(shape, target);
    Parts parts = promise(buffer, arrived -> arrived).value();
    if (target instanceof MemorySegment segment) {
      parts.put(segment);
      StoredBytes.normalize(shape, segment);
      return target;
    }
    return parts.use(memory -> HostData.read(shape, memory, target));
  }

  /** Returns the content of each replica in NumPy's format. Waits for it. */
  public static String text(ShardSet buffer) {
    return IntStream.range(0, buffer.replicas())
        .mapToObj(replica -> textOfOne(buffer.replica(replica)))
        .collect(Collectors.joining("\n"));
  }

  private static String textOfOne(ShardSet buffer) {
    return promise(buffer, parts -> parts.use(memory -> TensorText.of(buffer.shape(), memory)))
        .value();
  }

  private static <A> Completion<A> promise(ShardSet buffer, Function<Parts, A> read) {
    Parts parts = new Parts(buffer);
    return promise(buffer, parts.complete(), () -> read.apply(parts));
  }

  private static <A> Completion<A> promise(
      ShardSet buffer, CompletableFuture<?> complete, Supplier<A> read) {
    // Not the buffer itself: a promise of its content should not keep its memory.
    String what =
        "reading the %s from %s".formatted(buffer.description(), buffer.shardAt(0).origin());
    return new Completion<>(complete, new Once<>(read), what);
  }

  /** The shards of one replica's tensor, in transfer to pooled host memory. */
  private static final class Parts {
    private final Shape shape;
    private final Tiling tiling;
    private final List<Part> parts = new ArrayList<>();

    private record Part(int device, Snapshot content) {}

    Parts(ShardSet buffer) {
      this.shape = buffer.shape();
      this.tiling = buffer.tiling();
      for (int device : tiling.holders()) {
        parts.add(new Part(device, new Snapshot(buffer.shardAt(device))));
      }
    }

    CompletableFuture<Void> complete() {
      return CompletableFuture.allOf(
          parts.stream()
              .map(part -> part.content().complete())
              .toArray(CompletableFuture<?>[]::new));
    }

    /** Copies the arrived shards into memory of the whole tensor's size; called once. */
    void put(MemorySegment whole) {
      for (Part part : parts) {
        TileCopy.write(tiling, part.device(), shape, whole, part.content().content());
        part.content().close();
      }
    }

    /** Returns the whole tensor in memory that the caller returns. */
    HostMemoryPool.Block whole() {
      HostMemoryPool.Block whole = HostMemoryPool.take(shape.byteSize());
      put(whole.segment());
      StoredBytes.normalize(shape, whole.segment());
      return whole;
    }

    /** Applies a reader to the whole tensor. */
    <A> A use(Function<MemorySegment, A> reader) {
      HostMemoryPool.Block whole = whole();
      try {
        return reader.apply(whole.segment());
      } finally {
        whole.giveBack();
      }
    }

    <A> A read(Class<A> arrayType) {
      return use(memory -> HostData.read(shape, arrayType, memory));
    }
  }
}
