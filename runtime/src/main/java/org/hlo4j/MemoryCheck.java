package org.hlo4j;

import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.internal.memory.MemoryPressure.Reservation;
import org.hlo4j.internal.pjrt.MemoryUse;
import org.jspecify.annotations.Nullable;

/**
 * Makes room for what a call allocates. Where devices share the host's memory, a call that cannot
 * fit into it is refused: XLA does not check, and the process would end with a segmentation fault.
 */
final class MemoryCheck {
  private final long needed;
  private final Device device;

  private MemoryCheck(long needed, Device device) {
    this.needed = needed;
    this.device = device;
  }

  /** The check for an executable, from what the compiler says it allocates on each device. */
  static MemoryCheck of(DeviceGroup group, Program program, @Nullable MemoryUse use) {
    long onEach = use == null ? program.outputBytes() : use.allocated();
    return new MemoryCheck(group.size() * onEach, group.device(0));
  }

  /**
   * Makes sure that a call's memory can be had. Waits above the limit for unclosed tensors.
   *
   * @throws InsufficientMemoryException if there is too little
   */
  Reservation reserve(String program) {
    return device.reserve(program, " for its results and temporaries", needed);
  }
}
