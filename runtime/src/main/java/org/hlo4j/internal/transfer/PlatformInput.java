package org.hlo4j.internal.transfer;

import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.device.DeviceContext;
import org.hlo4j.internal.mlir.rewrite.PlatformIndex;
import org.hlo4j.internal.pjrt.BufferHandle;
import org.hlo4j.internal.program.StableHloProgram;

/**
 * The index of a platform on its device: bytecode that was exported for several platforms takes it
 * before all other inputs. Each call of an executable passes the same buffer.
 */
public final class PlatformInput {
  private PlatformInput() {}

  /** The index of a device's platform, in a buffer that the caller leaves to free it. */
  public static BufferHandle of(StableHloProgram program, DeviceContext device) {
    int index = PlatformIndex.of(program.platforms(), device.client().platform());
    BufferState buffer = HostToDevice.send(device, null, PlatformIndex.SHAPE, new int[] {index});
    try {
      return buffer.retainHandle();
    } finally {
      buffer.close();
    }
  }
}
