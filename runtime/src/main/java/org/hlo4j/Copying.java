package org.hlo4j;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.call.CallSite;
import org.hlo4j.internal.memory.MemoryPressure.Reservation;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.MemoryHandle;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/** Copies buffers between the devices and memories of one client. */
final class Copying {
  private Copying() {}

  static <T extends Element> BufferPromise<T> toDevice(DeviceBuffer<T> buffer, Device target) {
    checkClient(buffer, target, target.toString());
    return start(
        buffer,
        target,
        handle ->
            // PJRT refuses the device that the buffer is on, but not its memory.
            buffer.device() == target
                ? handle.copyTo(target.client().handle().defaultMemory(target.handle()))
                : handle.copyTo(target.handle()));
  }

  static <T extends Element> BufferPromise<T> toMemory(DeviceBuffer<T> buffer, Memory target) {
    checkClient(buffer, target.device(), target.toString());
    return start(buffer, target.device(), handle -> handle.copyTo(target.handle()));
  }

  private static void checkClient(Tensor<?> tensor, Device target, String name) {
    if (tensor.device().client() != target.client()) {
      throw new ArgumentException(
          "%s is on %s and cannot be copied to %s, which is of another client"
              .formatted(tensor.shape(), tensor.device(), name));
    }
  }

  private static <T extends Element> BufferPromise<T> start(
      DeviceBuffer<T> buffer, Device target, Function<BufferHandle, BufferHandle> copy) {
    Shape shape = buffer.shape();
    CallSite site = CallSite.here("the copy of a " + shape, null);
    DeviceBuffer<T> result;
    if (buffer.isDeferred()) {
      result = DeviceBuffer.deferred(shape, target, site);
      DeviceBuffer<T> copied = result;
      var unused =
          buffer
              .whenShared(
                  share -> CompletableFuture.completedFuture(copy(share, target, site, copy)))
              .whenComplete(
                  (made, thrown) -> {
                    if (thrown == null) {
                      copied.deferral().materialize(made);
                    } else {
                      copied.deferral().fail(thrown);
                    }
                  });
    } else {
      result = copy(buffer, target, site, copy);
    }
    TensorScope.add(result);
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
