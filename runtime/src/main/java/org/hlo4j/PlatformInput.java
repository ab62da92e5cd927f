package org.hlo4j;

import org.hlo4j.internal.mlir.PlatformIndex;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/**
 * The index of a platform on its device: bytecode that was exported for several platforms takes it
 * before all other inputs. Each call of an executable passes the same buffer.
 */
final class PlatformInput implements AutoCloseable {
  private static final Shape SHAPE = Shape.of(ElementType.I32);

  private final DeviceBuffer<?> buffer;
  private final BufferHandle handle;

  private PlatformInput(DeviceBuffer<?> buffer) {
    this.buffer = buffer;
    this.handle = buffer.acquire();
  }

  /** The index of a device's platform. */
  static PlatformInput of(Program program, Device device) {
    return new PlatformInput(device.put(SHAPE, new int[] {indexOf(program, device)}));
  }

  /** The type that the index has in a program. */
  static String type() {
    return SHAPE.toString();
  }

  static int indexOf(Program program, Device device) {
    return PlatformIndex.of(program.platforms(), device.client().platform());
  }

  /** The buffer, which stays open until this is closed. */
  BufferHandle handle() {
    return handle;
  }

  @Override
  public void close() {
    handle.release();
    buffer.close();
  }
}
