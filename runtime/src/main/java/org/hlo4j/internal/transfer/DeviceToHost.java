package org.hlo4j.internal.transfer;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Function;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.host.HostData;
import org.hlo4j.internal.host.StoredBytes;
import org.hlo4j.internal.host.TensorText;
import org.hlo4j.internal.jfr.TransferEvent;
import org.hlo4j.internal.memory.HostMemoryPool;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.PinnedMemory;
import org.hlo4j.internal.promise.Completion;
import org.hlo4j.type.Shape;

/** Transfers a buffer's content to the host. */
public final class DeviceToHost {
  private DeviceToHost() {}

  /** Returns the content as an array. Waits for it. */
  public static <A> A read(BufferState buffer, Class<A> arrayType) {
    Shape shape = buffer.shape();
    HostData.checkType(shape, arrayType);
    return withContent(buffer, memory -> HostData.read(shape, arrayType, memory));
  }

  /** Copies the content into an array, a buffer or a segment, and returns that. Waits for it. */
  public static Object copy(BufferState buffer, Object target) {
    Shape shape = buffer.shape();
    HostData.checkTarget(shape, target);
    return withContent(buffer, memory -> HostData.read(shape, memory, target));
  }

  /** Returns the content in NumPy's format. Waits for it. */
  public static String text(BufferState buffer) {
    return withContent(buffer, memory -> TensorText.of(buffer.shape(), memory));
  }

  public static <A> Completion<A> readAsync(BufferState buffer, Class<A> arrayType) {
    Shape shape = buffer.shape();
    HostData.checkType(shape, arrayType);
    return new Snapshot(buffer).read(memory -> HostData.read(shape, arrayType, memory));
  }

  /** Returns the content in pooled memory, which the caller returns. Waits for it. */
  public static HostMemoryPool.Block hostTensor(BufferState buffer) {
    Shape shape = buffer.shape();
    HostMemoryPool.Block block = HostMemoryPool.take(shape.byteSize());
    try {
      Object unused = copy(buffer, block.segment());
      StoredBytes.normalize(shape, block.segment());
      return block;
    } catch (RuntimeException | Error e) {
      block.giveBack();
      throw e;
    }
  }

  /**
   * Returns a promise of the content in pooled memory.
   *
   * @param owner takes ownership of the memory
   */
  public static <A> Completion<A> hostTensorAsync(
      BufferState buffer, Function<HostMemoryPool.Block, A> owner) {
    return new Snapshot(buffer).map(owner);
  }

  /** Returns the content in place if possible, otherwise a copy. Waits for it. */
  public static HostView view(BufferState buffer) {
    BufferState ready = buffer.awaitReady();
    Optional<PinnedMemory> pinned =
        canBeReadInPlace(buffer) ? pin(ready) : Optional.<PinnedMemory>empty();
    return pinned
        .map(memory -> new HostView(true, memory.memory(), memory::unpin))
        .orElseGet(() -> new Snapshot(buffer).map(HostView::of).value());
  }

  /** Returns nothing if the device has its own element order. */
  private static Optional<PinnedMemory> pin(BufferState buffer) {
    return buffer.within(
        handle -> {
          if (!handle.isRowMajor()) {
            return Optional.empty();
          }
          PinnedMemory pinned = PinnedMemory.pin(handle, buffer.shape().byteSize());
          if (pinned == null) {
            throw buffer.taken();
          }
          return Optional.of(pinned);
        });
  }

  private static boolean canBeReadInPlace(BufferState buffer) {
    return buffer.device().sharesHostMemory() && buffer.shape().elementType().isSameOnDevice();
  }

  private static <T> T withContent(BufferState buffer, Function<MemorySegment, T> reader) {
    if (canBeReadInPlace(buffer)) {
      Optional<T> read = buffer.awaitReady().reading(handle -> inPlace(handle, buffer, reader));
      if (read.isPresent()) {
        return read.get();
      }
    }
    return new Snapshot(buffer).read(reader).value();
  }

  /**
   * Reads in place, since a transfer would go through a thread pool, at ten times the cost of a
   * small read.
   */
  private static <T> Optional<T> inPlace(
      BufferHandle handle, BufferState buffer, Function<MemorySegment, T> reader) {
    if (!handle.isRowMajor()) {
      return Optional.empty();
    }
    TransferEvent event = new TransferEvent();
    event.begin();
    T read = handle.readInPlace(buffer.shape().byteSize(), reader);
    event.end();
    Snapshot.report(event, buffer);
    return Optional.of(read);
  }
}
