package org.hlo4j;

import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.memory.MemoryPressure.Reservation;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.MemoryHandle;
import org.hlo4j.type.Element;

/** Copies buffers between the devices and memories of one client. */
final class Copying {
  private Copying() {}

  static <T extends Element> BufferPromise<T> toDevice(Tensor<T> tensor, Device target) {
    checkClient(tensor, target, target.toString());
    return start(
        tensor,
        target,
        handle ->
            // PJRT refuses the device that the buffer is on, but not its memory.
            tensor.device() == target
                ? handle.copyTo(target.client().handle().defaultMemory(target.handle()))
                : handle.copyTo(target.handle()));
  }

  static <T extends Element> BufferPromise<T> toMemory(Tensor<T> tensor, Memory target) {
    checkClient(tensor, target.device(), target.toString());
    return start(tensor, target.device(), handle -> handle.copyTo(target.handle()));
  }

  private static void checkClient(Tensor<?> tensor, Device target, String name) {
    if (tensor.device().client() != target.client()) {
      throw new ArgumentException(
          "%s is on %s and cannot be copied to %s, which is of another client"
              .formatted(tensor.shape(), tensor.device(), name));
    }
  }

  private static <T extends Element> BufferPromise<T> start(
      Tensor<T> tensor, Device target, Function<BufferHandle, BufferHandle> copy) {
    CallSite site = CallSite.here("the copy of a " + tensor.shape(), null);
    PendingBuffer<T> pending = tensor.pending();
    if (tensor.made() != null || pending == null) {
      DeviceBuffer<T> copied = copy(tensor.buffer(), target, site, copy);
      TensorScope.add(copied);
      return new BufferPromise<>(copied);
    }
    PendingBuffer<T> result = new PendingBuffer<>(pending.shape(), target, site);
    TensorScope.add(result);
    var unused =
        pending
            .share()
            .thenAccept(
                share -> {
                  try (share) {
                    result.resolve(copy(share, target, site, copy));
                  }
                })
            .exceptionally(
                thrown -> {
                  result.fail(thrown);
                  return FuturePromise.nothing();
                });
    return new BufferPromise<>(result);
  }

  private static <T extends Element> DeviceBuffer<T> copy(
      DeviceBuffer<T> buffer,
      Device target,
      CallSite site,
      Function<BufferHandle, BufferHandle> copy) {
    Reservation reserved = target.reserve(buffer.shape(), "", buffer.shape().byteSize());
    try {
      return DeviceBuffer.adopt(buffer.within(copy), buffer.shape(), target, site);
    } finally {
      reserved.end();
    }
  }

  static Memory memoryOf(DeviceBuffer<?> buffer) {
    MemoryHandle memory = buffer.within(BufferHandle::memory);
    return buffer.device().memories().stream()
        .filter(known -> known.handle().isSame(memory))
        .findFirst()
        .orElseGet(() -> new Memory(buffer.device(), memory, false));
  }
}
