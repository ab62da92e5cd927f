package org.hlo4j.internal.pjrt;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A buffer's pinned memory on a device that shares the host's: it is neither freed when the buffer
 * or its client is closed, nor consumed by a donation.
 */
public final class PinnedMemory {
  private final BufferHandle buffer;
  private final MemorySegment memory;

  private PinnedMemory(BufferHandle buffer, MemorySegment memory) {
    this.buffer = buffer;
    this.memory = memory;
  }

  /** Pins the memory of an entered buffer with ready content. Returns null during a donation. */
  public static @Nullable PinnedMemory pin(BufferHandle buffer, long byteSize) {
    if (!buffer.retainHolder()) {
      return null;
    }
    // Entered until unpinned, since closing the client closes a buffer despite its holders.
    buffer.retain();
    try {
      return new PinnedMemory(buffer, buffer.beginReading(byteSize));
    } catch (RuntimeException | Error e) {
      buffer.release();
      boolean unused = buffer.releaseHolder();
      throw e;
    }
  }

  /** Returns the memory, valid until it is unpinned. */
  public MemorySegment memory() {
    return memory;
  }

  /** Unpins the memory; called once. */
  public void unpin() {
    try {
      buffer.endReading();
    } finally {
      buffer.release();
      boolean unused = buffer.releaseHolder();
    }
  }
}
