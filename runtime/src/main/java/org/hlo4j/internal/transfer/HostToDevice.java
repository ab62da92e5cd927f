package org.hlo4j.internal.transfer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.internal.device.DeviceContext;
import org.hlo4j.internal.host.HostData;
import org.hlo4j.internal.host.StoredBytes;
import org.hlo4j.internal.host.UnclosableMemory;
import org.hlo4j.internal.jfr.TransferEvent;
import org.hlo4j.internal.memory.HostMemoryPool;
import org.hlo4j.internal.memory.MemoryPressure.Reservation;
import org.hlo4j.internal.memory.OutOfMemoryRetry;
import org.hlo4j.internal.mlir.rewrite.PlatformIndex;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.hlo4j.internal.pjrt.HostMemory;
import org.hlo4j.internal.pjrt.MemoryHandle;
import org.hlo4j.internal.pjrt.proto.BufferTypes;
import org.hlo4j.internal.program.StableHloProgram;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/** Transfers the host's data to a device. The buffers may be pending. */
public final class HostToDevice {
  /** Up to this size a second copy costs less than tracking the memory. */
  private static final long SMALL = 16 << 10;

  private HostToDevice() {}

  static BufferState send(DeviceContext device, HostData data) {
    return send(new Target(device, null, data.shape()), data);
  }

  /**
   * Sends a copy of data, which may be modified once this has returned.
   *
   * @param memory a memory of the device, or null for its default one
   * @param data an array, a buffer, a segment, or a boxed primitive for a scalar
   * @throws ArgumentException if the data does not match the shape
   */
  public static BufferState send(
      DeviceContext device, @Nullable MemoryHandle memory, Shape shape, Object data) {
    return send(new Target(device, memory, shape), HostData.source(shape, data));
  }

  private static BufferState send(Target target, HostData data) {
    return target.shape().byteSize() <= SMALL
        ? sendSmall(target, data)
        : sendPooled(target, stage(data));
  }

  /** Returns data in pooled memory, which the caller returns. */
  static HostMemoryPool.Block stage(HostData data) {
    HostMemoryPool.Block block = HostMemoryPool.take(data.shape().byteSize());
    try {
      data.write(block.segment());
      return block;
    } catch (RuntimeException | Error e) {
      block.giveBack();
      throw e;
    }
  }

  /** The destination and the type. */
  private record Target(DeviceContext device, @Nullable MemoryHandle memory, Shape shape) {
    /** Returns whether the device can use the host's memory directly. */
    boolean takesOver() {
      return device.sharesHostMemory() && shape.elementType().isSameOnDevice();
    }
  }

  /** Sends pooled memory with a tensor's elements, and returns it when it is no longer needed. */
  public static BufferState handOver(
      DeviceContext device, Shape shape, HostMemoryPool.Block block) {
    return sendPooled(new Target(device, null, shape), block);
  }

  /**
   * Shares native memory with a device, or sends a copy if that is not possible.
   *
   * @throws ArgumentException if the segment's size differs, or its arena can be closed
   */
  public static BufferState share(DeviceContext device, Shape shape, MemorySegment data) {
    HostData source = HostData.source(shape, data);
    if (!data.isNative()) {
      return send(device, source);
    }
    UnclosableMemory.check(shape, data);
    StoredBytes.checkBits(shape, data);
    Target target = new Target(device, null, shape);
    boolean shared = target.takesOver();
    long bytes = shape.byteSize();
    HostMemory semantics = shared ? HostMemory.SHARED : HostMemory.READ_UNTIL_TRANSFERRED;
    // Shared memory is counted although it is not allocated: freeing the tensor may free it.
    return buffer(target, transfer(target, data, semantics, shared ? 0 : bytes), bytes);
  }

  private static BufferState sendSmall(Target target, HostData data) {
    long bytes = target.shape().byteSize();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment staging = arena.allocate(Math.max(1, bytes), Long.BYTES);
      data.write(staging.asSlice(0, bytes));
      return buffer(target, transfer(target, staging, HostMemory.COPIED_DURING_CALL, bytes), bytes);
    }
  }

  /**
   * Sends pooled memory, which a CPU device uses without another copy and returns with the last
   * buffer over it.
   */
  private static BufferState sendPooled(Target target, HostMemoryPool.Block block) {
    // Memory that the device uses directly is counted as the pool's.
    long bytes = target.takesOver() ? 0 : target.shape().byteSize();
    // If this fails, PJRT may still be reading the memory, so it is left to the collector.
    ClientHandle.Transfer transfer =
        transfer(
            target,
            block.segment(),
            target.takesOver() ? HostMemory.TAKEN_OVER : HostMemory.READ_UNTIL_TRANSFERRED,
            bytes);
    var unused = transfer.doneWithHost().whenComplete((result, thrown) -> block.giveBack());
    return buffer(target, transfer, bytes);
  }

  /**
   * Starts a transfer.
   *
   * @param bytes the memory that the device allocates for it
   */
  private static ClientHandle.Transfer transfer(
      Target target, MemorySegment data, HostMemory semantics, long bytes) {
    Reservation reserved = target.device().reserve(target.shape(), "", bytes);
    try {
      return transfer(target, data, semantics);
    } finally {
      reserved.end();
    }
  }

  private static ClientHandle.Transfer transfer(
      Target target, MemorySegment data, HostMemory semantics) {
    TransferEvent event = new TransferEvent();
    event.begin();
    ClientHandle.Transfer transfer;
    try {
      transfer = begin(target, data, semantics);
    } catch (PjrtException e) {
      if (!OutOfMemoryRetry.isExhausted(e)) {
        throw e;
      }
      transfer =
          OutOfMemoryRetry.retry(
              "The transfer of a " + target.shape(),
              target.shape().byteSize(),
              () -> begin(target, data, semantics));
    }
    event.end();
    if (event.shouldCommit()) {
      event.device = target.device().toString();
      event.toDevice = true;
      event.bytes = target.shape().byteSize();
      event.commit();
    }
    return transfer;
  }

  private static ClientHandle.Transfer begin(
      Target target, MemorySegment data, HostMemory semantics) {
    Shape shape = target.shape();
    return target
        .device()
        .client()
        .handle()
        .transfer(
            data,
            BufferTypes.constantOf(shape.elementType()),
            shape.dimensions(),
            target.device().handle(),
            target.memory(),
            semantics);
  }

  /**
   * Returns the buffer of a transfer.
   *
   * @param bytes the size of its own memory, rather than the host's
   */
  private static BufferState buffer(Target target, ClientHandle.Transfer transfer, long bytes) {
    return BufferState.adopt(
        transfer.buffer(),
        target.shape(),
        target.device(),
        CallSite.here("the transfer of a " + target.shape(), null),
        bytes);
  }

  /**
   * Sends the platform index to a device, in a buffer that the caller need not free. Bytecode
   * exported for several platforms takes it before all inputs; each call of an executable passes
   * the same buffer.
   */
  public static BufferHandle platformIndex(StableHloProgram program, DeviceContext device) {
    int index = PlatformIndex.of(program.platforms(), device.client().platform());
    BufferState buffer = send(device, null, PlatformIndex.SHAPE, new int[] {index});
    try {
      return buffer.retainHandle();
    } finally {
      buffer.close();
    }
  }
}
