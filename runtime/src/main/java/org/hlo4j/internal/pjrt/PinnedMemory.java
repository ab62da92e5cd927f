package org.hlo4j.internal.pjrt;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A buffer's memory on a device that shares the host's, kept as it is: it is neither freed, though
 * the buffer or its client be closed, nor given away by a donation.
 */
public final class PinnedMemory {
  private final BufferHandle buffer;
  private final MemorySegment memory;

  private PinnedMemory(BufferHandle buffer, MemorySegment memory) {
    this.buffer = buffer;
    this.memory = memory;
  }

  /**
   * Pins the memory of a buffer that the caller has entered; its content is there. Answers null
   * while the memory is being given away.
   */
  public static @Nullable PinnedMemory pin(BufferHandle buffer, long byteSize) {
    if (!buffer.retainHolder()) {
      return null;
    }
    // Entered until the end, since closing the client closes a buffer whoever holds it.
    buffer.retain();
    try {
      return new PinnedMemory(buffer, buffer.beginReading(byteSize));
    } catch (RuntimeException | Error e) {
      buffer.release();
      boolean unused = buffer.releaseHolder();
      throw e;
    }
  }

  /** The memory, valid until it is unpinned. */
  public MemorySegment memory() {
    return memory;
  }

  /** Ends it, once. */
  public void unpin() {
    try {
      buffer.endReading();
    } finally {
      buffer.release();
      boolean unused = buffer.releaseHolder();
    }
  }
}
