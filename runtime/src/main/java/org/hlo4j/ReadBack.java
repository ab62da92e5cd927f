package org.hlo4j;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.host.HostArrays;
import org.hlo4j.internal.host.HostMemoryPool;
import org.hlo4j.internal.host.TensorText;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/** Brings a buffer's content to the host. */
final class ReadBack {
  private ReadBack() {}

  /** The content as an array. Waits for it. */
  static <A> A read(DeviceBuffer<?> buffer, Class<A> arrayType) {
    Shape shape = buffer.shape();
    HostArrays.checkType(shape, arrayType);
    return withContent(buffer, memory -> HostArrays.read(shape, arrayType, memory));
  }

  /** Copies the content's bytes. Waits for it. */
  static void copy(DeviceBuffer<?> buffer, MemorySegment target) {
    Shape shape = buffer.shape();
    if (target.byteSize() != shape.byteSize() || target.isReadOnly()) {
      throw new ArgumentException(
          "%s needs %d bytes that can be written; this MemorySegment has %d%s"
              .formatted(
                  shape,
                  shape.byteSize(),
                  target.byteSize(),
                  target.isReadOnly() ? ", read-only" : ""));
    }
    MemorySegment unused = withContent(buffer, target::copyFrom);
  }

  /** The content as NumPy prints it. Waits for it. */
  static String text(DeviceBuffer<?> buffer) {
    return withContent(buffer, memory -> TensorText.of(buffer.shape(), memory));
  }

  /**
   * A promise of the content as an array. The copy to the host is ordered now, so that closing the
   * buffer or giving it away afterwards does not change what is read.
   */
  static <A> Promise<A> readAsync(DeviceBuffer<?> buffer, Class<A> arrayType) {
    Shape shape = buffer.shape();
    HostArrays.checkType(shape, arrayType);
    Snapshot snapshot = new Snapshot(buffer);
    ArrayOnce<A> array =
        new ArrayOnce<>(snapshot, memory -> HostArrays.read(shape, arrayType, memory));
    // Not the buffer itself: a promise of its content should not keep its memory.
    CallSite origin = buffer.origin();
    return new FuturePromise<>(snapshot.complete, array::get, () -> describe(shape, origin));
  }

  /** The same of a buffer that is not there yet. */
  static <A> Promise<A> readAsync(PendingBuffer<?> pending, Class<A> arrayType) {
    HostArrays.checkType(pending.shape(), arrayType);
    CompletableFuture<A> array =
        pending.share().thenCompose(share -> readAndClose(share, arrayType));
    CallSite origin = pending.origin();
    return new FuturePromise<>(array, array::join, () -> describe(pending.shape(), origin));
  }

  private static <A> CompletableFuture<A> readAndClose(DeviceBuffer<?> share, Class<A> arrayType) {
    try (share) {
      return readAsync(share, arrayType).toCompletableFuture();
    }
  }

  private static <T> T withContent(DeviceBuffer<?> buffer, BufferHandle.Reader<T> reader) {
    if (buffer.device().sharesHostMemory() && buffer.shape().elementType().isSameOnDevice()) {
      BufferHandle handle = buffer.whenReady().value().acquire();
      try {
        // A transfer would hop through a thread pool, at ten times the price of a small read.
        if (handle.isRowMajor()) {
          return handle.readInPlace(buffer.shape().byteSize(), reader);
        }
      } finally {
        handle.release();
      }
    }
    Snapshot snapshot = new Snapshot(buffer);
    return new FuturePromise<>(
            snapshot.complete,
            () -> snapshot.take(reader::read),
            () -> describe(buffer.shape(), buffer.origin()))
        .value();
  }

  private static String describe(Shape shape, CallSite origin) {
    return "reading the %s from %s".formatted(shape, origin);
  }

  /** A copy of a buffer's content on its way to pooled host memory. */
  private static final class Snapshot {
    private final HostMemoryPool.Block block;
    private final CompletableFuture<Void> complete;

    Snapshot(DeviceBuffer<?> buffer) {
      Shape shape = buffer.shape();
      BufferHandle handle = buffer.acquire();
      try {
        block = HostMemoryPool.take(shape.byteSize());
        complete = handle.toHost(block.segment(), shape.rank());
      } finally {
        handle.release();
      }
    }

    <T> T take(Function<MemorySegment, T> reader) {
      try {
        return reader.apply(block.segment());
      } finally {
        block.giveBack();
      }
    }
  }

  /** Makes the array on the first demand, and answers the same one ever after. */
  private static final class ArrayOnce<A> {
    private @Nullable Snapshot snapshot;
    private final Function<MemorySegment, A> reader;
    private @Nullable A array;

    ArrayOnce(Snapshot snapshot, Function<MemorySegment, A> reader) {
      this.snapshot = snapshot;
      this.reader = reader;
    }

    synchronized A get() {
      if (snapshot != null) {
        array = snapshot.take(reader);
        snapshot = null;
      }
      if (array == null) {
        throw new AssertionError("a snapshot was taken and left no array");
      }
      return array;
    }
  }
}
