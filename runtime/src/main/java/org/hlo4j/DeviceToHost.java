package org.hlo4j;

import java.util.Optional;
import org.hlo4j.internal.host.HostData;
import org.hlo4j.internal.host.StoredBytes;
import org.hlo4j.internal.host.TensorText;
import org.hlo4j.internal.jfr.TransferEvent;
import org.hlo4j.internal.memory.HostMemoryPool;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.PinnedMemory;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/** Brings a buffer's content to the host. */
final class DeviceToHost {
  private DeviceToHost() {}

  /** The content as an array. Waits for it. */
  static <A> A read(DeviceBuffer<?> buffer, Class<A> arrayType) {
    Shape shape = buffer.shape();
    HostData.checkType(shape, arrayType);
    return withContent(buffer, memory -> HostData.read(shape, arrayType, memory));
  }

  /** Copies the content into an array, a buffer or a segment. Waits for it. */
  static void copy(DeviceBuffer<?> buffer, Object target) {
    Shape shape = buffer.shape();
    HostData.checkTarget(shape, target);
    Object unused =
        withContent(
            buffer,
            memory -> {
              HostData.read(shape, memory, target);
              return target;
            });
  }

  /** The content as NumPy prints it. Waits for it. */
  static String text(DeviceBuffer<?> buffer) {
    return withContent(buffer, memory -> TensorText.of(buffer.shape(), memory));
  }

  /** A promise of the content as an array. */
  static <A> Promise<A> readAsync(DeviceBuffer<?> buffer, Class<A> arrayType) {
    Shape shape = buffer.shape();
    HostData.checkType(shape, arrayType);
    return new Snapshot(buffer).read(memory -> HostData.read(shape, arrayType, memory));
  }

  /** The content in host memory of its own. Waits for it. */
  static <T extends Element> HostTensor<T> hostTensor(DeviceBuffer<T> buffer) {
    Shape shape = buffer.shape();
    HostMemoryPool.Block block = HostMemoryPool.take(shape.byteSize());
    boolean read = false;
    try {
      copy(buffer, block.segment());
      StoredBytes.normalize(shape, block.segment());
      read = true;
      return new HostTensor<>(shape, block);
    } finally {
      if (!read) {
        block.giveBack();
      }
    }
  }

  /** A promise of the content in host memory of its own. */
  static <T extends Element> Promise<HostTensor<T>> hostTensorAsync(DeviceBuffer<T> buffer) {
    Shape shape = buffer.shape();
    return new Snapshot(buffer).map(block -> new HostTensor<T>(shape, block));
  }

  /** The content in place if that can be, otherwise a copy. Waits for it. */
  static <T extends Element> TensorView<T> view(DeviceBuffer<T> buffer) {
    Shape shape = buffer.shape();
    DeviceBuffer<T> ready = buffer.whenReady().value();
    Optional<PinnedMemory> pinned =
        canBeReadInPlace(buffer) ? pin(ready) : Optional.<PinnedMemory>empty();
    if (pinned.isPresent()) {
      PinnedMemory memory = pinned.get();
      return new TensorView<>(shape, true, memory.memory(), memory::unpin);
    }
    HostMemoryPool.Block block = new Snapshot(buffer).map(copied -> copied).value();
    return new TensorView<>(shape, false, block.segment(), block::giveBack);
  }

  /** Nothing if the device keeps the elements in an order of its own. */
  private static Optional<PinnedMemory> pin(DeviceBuffer<?> buffer) {
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

  private static boolean canBeReadInPlace(DeviceBuffer<?> buffer) {
    return buffer.device().sharesHostMemory() && buffer.shape().elementType().isSameOnDevice();
  }

  private static <T> T withContent(DeviceBuffer<?> buffer, BufferHandle.Reader<T> reader) {
    if (canBeReadInPlace(buffer)) {
      Optional<T> read =
          buffer.whenReady().value().reading(handle -> inPlace(handle, buffer, reader));
      if (read.isPresent()) {
        return read.get();
      }
    }
    return new Snapshot(buffer).<T>read(reader::read).value();
  }

  /** A transfer would hop through a thread pool, at ten times the price of a small read. */
  private static <T> Optional<T> inPlace(
      BufferHandle handle, DeviceBuffer<?> buffer, BufferHandle.Reader<T> reader) {
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
