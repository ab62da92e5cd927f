package org.hlo4j;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.host.HostArrays;
import org.hlo4j.internal.host.HostMemoryPool;
import org.hlo4j.internal.pjrt.BufferTypes;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.hlo4j.internal.pjrt.HostMemory;
import org.hlo4j.type.Element;
import org.hlo4j.type.Shape;

/** Brings the host's data to a device. */
final class Sending {
  /** Up to here a second copy costs less than keeping track of the memory. */
  private static final long SMALL = 16 << 10;

  private Sending() {}

  static <T extends Element> DeviceBuffer<T> send(Device device, Shape shape, Object data) {
    check(shape, data);
    return shape.byteSize() <= SMALL
        ? sendSmall(device, shape, data)
        : sendPooled(device, shape, data);
  }

  private static void check(Shape shape, Object data) {
    if (!(data instanceof MemorySegment memory)) {
      HostArrays.check(shape, data);
    } else if (memory.byteSize() != shape.byteSize()) {
      throw new ArgumentException(
          "%s takes %d bytes, not the %d of this MemorySegment"
              .formatted(shape, shape.byteSize(), memory.byteSize()));
    }
  }

  private static void write(Shape shape, Object data, MemorySegment target) {
    if (data instanceof MemorySegment memory) {
      target.copyFrom(memory);
    } else {
      HostArrays.write(shape, data, target);
    }
  }

  private static <T extends Element> DeviceBuffer<T> sendSmall(
      Device device, Shape shape, Object data) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment staging = arena.allocate(Math.max(1, shape.byteSize()), Long.BYTES);
      write(shape, data, staging.asSlice(0, shape.byteSize()));
      return buffer(device, shape, transfer(device, shape, staging, HostMemory.COPIED_DURING_CALL));
    }
  }

  /**
   * A CPU device takes the pooled memory over as its own, with no second copy, and gives it back
   * when the last buffer over it is gone.
   */
  private static <T extends Element> DeviceBuffer<T> sendPooled(
      Device device, Shape shape, Object data) {
    HostMemoryPool.Block block = HostMemoryPool.take(shape.byteSize());
    ClientHandle.Transfer transfer;
    try {
      write(shape, data, block.segment());
      transfer =
          transfer(
              device,
              shape,
              block.segment(),
              device.sharesHostMemory() && shape.elementType().isSameOnDevice()
                  ? HostMemory.TAKEN_OVER
                  : HostMemory.READ_UNTIL_TRANSFERRED);
    } catch (RuntimeException | Error e) {
      block.giveBack();
      throw e;
    }
    var unused = transfer.doneWithHost().whenComplete((result, thrown) -> block.giveBack());
    return buffer(device, shape, transfer);
  }

  private static ClientHandle.Transfer transfer(
      Device device, Shape shape, MemorySegment data, HostMemory semantics) {
    return device
        .client()
        .handle()
        .transfer(
            data,
            BufferTypes.constantOf(shape.elementType()),
            shape.dimensions(),
            device.handle(),
            semantics);
  }

  private static <T extends Element> DeviceBuffer<T> buffer(
      Device device, Shape shape, ClientHandle.Transfer transfer) {
    return DeviceBuffer.adopt(
        transfer.buffer(), shape, device, CallSite.here("the transfer of a " + shape, null));
  }
}
