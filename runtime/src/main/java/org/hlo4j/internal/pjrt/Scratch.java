package org.hlo4j.internal.pjrt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reusable native memory for the argument structs of one call: short calls would otherwise spend
 * most of their time in {@code malloc}. {@link #close} returns it.
 */
final class Scratch implements SegmentAllocator, AutoCloseable {
  private static final long CAPACITY = 512;
  private static final int SLOTS = 64;
  private static final AtomicReferenceArray<@Nullable Scratch> FREE =
      new AtomicReferenceArray<>(SLOTS);

  private final MemorySegment memory = Arena.ofAuto().allocate(CAPACITY, Long.BYTES);
  private final int slot;
  private long used;

  private Scratch(int slot) {
    this.slot = slot;
  }

  /** Returns memory for exclusive use until it is closed. */
  static Scratch take() {
    int slot = (int) Thread.currentThread().threadId() & (SLOTS - 1);
    Scratch free = FREE.getAndSet(slot, null);
    return free != null ? free : new Scratch(slot);
  }

  @Override
  public MemorySegment allocate(long size, long alignment) {
    long start = (used + alignment - 1) & -alignment;
    MemorySegment slice = memory.asSlice(start, size).fill((byte) 0);
    used = start + size;
    return slice;
  }

  @Override
  public void close() {
    used = 0;
    FREE.set(slot, this);
  }
}
