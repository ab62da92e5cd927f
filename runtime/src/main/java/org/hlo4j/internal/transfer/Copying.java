package org.hlo4j.internal.transfer;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.internal.device.DeviceContext;
import org.hlo4j.internal.memory.MemoryPressure.Reservation;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.MemoryHandle;
import org.hlo4j.type.Shape;

/** Copies buffers between the devices and memories of one client. The copies may be pending. */
public final class Copying {
  private Copying() {}

  /**
   * Starts a copy to a device.
   *
   * @throws ArgumentException if the device belongs to another client
   */
  public static BufferState toDevice(BufferState buffer, DeviceContext target) {
    checkClient(buffer, target, target);
    return start(
        buffer,
        target,
        handle ->
            // PJRT rejects the device that the buffer is on, but not its memory.
            buffer.device() == target
                ? handle.copyTo(target.handle().defaultMemory(target.client().handle()))
                : handle.copyTo(target.handle()));
  }

  /**
   * Starts a copy to a memory of a device.
   *
   * @param name the memory's name in messages, by its {@code toString}
   * @throws ArgumentException if the device belongs to another client
   */
  public static BufferState toMemory(
      BufferState buffer, DeviceContext target, MemoryHandle memory, Object name) {
    checkClient(buffer, target, name);
    return start(buffer, target, handle -> handle.copyTo(memory));
  }

  private static void checkClient(BufferState buffer, DeviceContext target, Object name) {
    if (buffer.device().client() != target.client()) {
      throw new ArgumentException(
          "%s is on %s and cannot be copied to %s, which is of another client"
              .formatted(buffer.shape(), buffer.device(), name));
    }
  }

  private static BufferState start(
      BufferState buffer, DeviceContext target, Function<BufferHandle, BufferHandle> copy) {
    Shape shape = buffer.shape();
    CallSite site = CallSite.here("the copy of a " + shape, null);
    if (!buffer.isDeferred()) {
      return copy(buffer, target, site, copy);
    }
    BufferState result = BufferState.deferred(shape, target, site);
    var unused =
        buffer
            .whenShared(share -> CompletableFuture.completedFuture(copy(share, target, site, copy)))
            .whenComplete(
                (made, thrown) -> {
                  if (thrown == null) {
                    result.deferral().materialize(made);
                  } else {
                    result.deferral().fail(thrown);
                  }
                });
    return result;
  }

  private static BufferState copy(
      BufferState buffer,
      DeviceContext target,
      CallSite site,
      Function<BufferHandle, BufferHandle> copy) {
    Reservation reserved = target.reserve(buffer.shape(), "", buffer.shape().byteSize());
    try {
      return BufferState.adopt(buffer.within(copy), buffer.shape(), target, site);
    } finally {
      reserved.end();
    }
  }
}
