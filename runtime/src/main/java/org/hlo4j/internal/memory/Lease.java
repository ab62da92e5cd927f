package org.hlo4j.internal.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.hlo4j.error.BufferStateException;

/**
 * A segment over memory that outlives it: once withdrawn, every access through it, or through
 * slices and buffers derived from it, throws {@link IllegalStateException}, while the memory stays
 * allocated. Safe for use by multiple threads.
 */
public final class Lease {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment segment;

  /**
   * Lends native memory.
   *
   * @param owner the memory's owner, reachable while the segment is
   */
  public Lease(MemorySegment memory, Object owner) {
    this.segment = memory.reinterpret(memory.byteSize(), arena, new Hold(owner));
  }

  /** Keeps the owner reachable from the segment, through the arena. */
  private record Hold(Object owner) implements Consumer<MemorySegment> {
    @Override
    public void accept(MemorySegment withdrawn) {}
  }

  public MemorySegment segment() {
    return segment;
  }

  /**
   * Invalidates the segment.
   *
   * @throws BufferStateException if a native call is using it; it then stays valid
   */
  public void withdraw() {
    try {
      arena.close();
    } catch (IllegalStateException e) {
      throw new BufferStateException(
          "The segment of this tensor is in use by a native call: " + e.getMessage());
    }
  }
}
