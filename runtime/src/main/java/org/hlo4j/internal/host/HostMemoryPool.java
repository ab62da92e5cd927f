package org.hlo4j.internal.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.internal.setting.LongSetting;

/**
 * Native memory for transfers, reused: touching fresh pages costs more than copying into pages that
 * are there. Blocks are aligned for zero-copy on a CPU device. What is given back beyond the limit
 * is left to the garbage collector. Safe for use by many threads.
 */
public final class HostMemoryPool {
  /** XLA's alignment for memory that a CPU device takes over without a copy. */
  private static final long ALIGNMENT = 64;

  private static final long LIMIT = LongSetting.HOST_POOL.orElse(256L << 20);
  private static final long SMALLEST = 4096;

  private static final ConcurrentHashMap<Long, ConcurrentLinkedQueue<MemorySegment>> FREE =
      new ConcurrentHashMap<>();
  private static final AtomicLong RETAINED = new AtomicLong();

  private HostMemoryPool() {}

  /** A block that nobody else uses until it is given back. */
  public static final class Block {
    private final MemorySegment whole;
    private final MemorySegment segment;
    private final AtomicBoolean givenBack = new AtomicBoolean();

    private Block(MemorySegment whole, long byteSize) {
      this.whole = whole;
      this.segment = whole.asSlice(0, byteSize);
    }

    /** The memory, of the size that was asked for. Its content is undefined. */
    public MemorySegment segment() {
      return segment;
    }

    /** Gives the memory back. Doing so again does nothing. */
    public void giveBack() {
      if (givenBack.compareAndSet(false, true)) {
        retain(whole);
      }
    }
  }

  /** Takes a block of at least {@code byteSize} bytes. */
  public static Block take(long byteSize) {
    long capacity = capacityFor(byteSize);
    ConcurrentLinkedQueue<MemorySegment> free = FREE.get(capacity);
    MemorySegment reused = free == null ? null : free.poll();
    if (reused != null) {
      RETAINED.addAndGet(-capacity);
      return new Block(reused, byteSize);
    }
    return new Block(allocate(capacity), byteSize);
  }

  /**
   * New memory, freed when nobody can reach its segment any more. An automatic arena frees so as
   * well, but may have no more in all than the Java heap: a limit that tensors should not have.
   */
  private static MemorySegment allocate(long capacity) {
    Arena owner = Arena.ofShared();
    MemorySegment memory;
    try {
      memory = owner.allocate(capacity, ALIGNMENT);
    } catch (OutOfMemoryError e) {
      owner.close();
      throw new InsufficientMemoryException(
          "The host has no %d bytes for a tensor: %s".formatted(capacity, e.getMessage()));
    }
    return MemorySegment.ofAddress(memory.address())
        .reinterpret(capacity, Arena.ofAuto(), unreachable -> owner.close());
  }

  private static void retain(MemorySegment memory) {
    long capacity = memory.byteSize();
    if (RETAINED.addAndGet(capacity) > LIMIT) {
      RETAINED.addAndGet(-capacity);
      return;
    }
    FREE.computeIfAbsent(capacity, unused -> new ConcurrentLinkedQueue<>()).add(memory);
  }

  /** Four sizes an octave: blocks fit again for similar requests and waste at most a fifth. */
  private static long capacityFor(long byteSize) {
    if (byteSize <= SMALLEST) {
      return SMALLEST;
    }
    long step = Long.highestOneBit(byteSize - 1) / 4;
    return Math.multiplyExact(Math.ceilDiv(byteSize, step), step);
  }
}
