package org.hlo4j;

import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.internal.host.AvailableMemory;
import org.hlo4j.internal.pjrt.MemoryUse;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls on a CPU device whose results cannot fit into the machine's memory: XLA does not
 * check, and the process would end with a segmentation fault.
 */
final class MemoryCheck {
  /** Below this, asking the system what is free would cost more than it could save. */
  private static final long NOT_WORTH_ASKING = 64L << 20;

  private final long needed;

  private MemoryCheck(long needed) {
    this.needed = needed;
  }

  /** The check for an executable, from what the compiler says it allocates. */
  static MemoryCheck of(Device device, @Nullable MemoryUse use) {
    return new MemoryCheck(use == null || !device.sharesHostMemory() ? 0 : use.allocated());
  }

  /** The same for an executable that runs on several devices, which share the machine's memory. */
  static MemoryCheck of(DeviceGroup group, @Nullable MemoryUse use) {
    return new MemoryCheck(group.size() * of(group.device(0), use).needed);
  }

  /**
   * Checks that a call's memory can be had.
   *
   * @throws InsufficientMemoryException if not
   */
  void beforeCall(String program) {
    if (needed < NOT_WORTH_ASKING) {
      return;
    }
    if (needed > AvailableMemory.bytes()) {
      NativePressure.reclaim();
    }
    long available = AvailableMemory.bytes();
    if (needed > available) {
      throw new InsufficientMemoryException(
          "%s needs %,d bytes for its results and temporaries, and only %,d are available"
              .formatted(program, needed, available));
    }
  }
}
