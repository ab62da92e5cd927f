package org.hlo4j.internal.transfer;

import java.lang.foreign.MemorySegment;
import org.hlo4j.internal.memory.HostMemoryPool;

/**
 * A tensor's elements as memory that the host can read.
 *
 * @param isZeroCopy whether it is the device's own memory
 * @param memory the memory, of the shape's size
 * @param end releases the memory; called once
 */
public record HostView(boolean isZeroCopy, MemorySegment memory, Runnable end) {
  /** Returns a view of a copy in pooled memory. */
  static HostView of(HostMemoryPool.Block block) {
    return new HostView(false, block.segment(), block::giveBack);
  }
}
