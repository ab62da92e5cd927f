package org.hlo4j;

import org.hlo4j.internal.mlir.rewrite.PlatformIndex;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/**
 * The index of a platform on its device: bytecode that was exported for several platforms takes it
 * before all other inputs. Each call of an executable passes the same buffer.
 */
final class PlatformInput {
  private static final Shape SHAPE = Shape.of(ElementType.I32);

  private PlatformInput() {}

  /** The index of a device's platform, in a buffer that the caller leaves to free it. */
  static BufferHandle of(Program program, Device device) {
    try (DeviceBuffer<?> buffer = device.put(SHAPE, new int[] {indexOf(program, device)})) {
      return buffer.retainHandle();
    }
  }

  /** The type that the index has in a program. */
  static String type() {
    return SHAPE.toString();
  }

  static int indexOf(Program program, Device device) {
    return PlatformIndex.of(program.platforms(), device.client().platform());
  }
}
