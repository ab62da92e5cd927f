package org.hlo4j.internal.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.internal.setting.LongSetting;

/**
 * A pool of native memory for transfers: faulting in new pages costs more than copying into
 * existing ones. Blocks are aligned for zero-copy access by a CPU device. Blocks that are not
 * returned explicitly return when unreachable. Returned memory beyond the limit is freed, and so is
 * all unused memory while memory is short. Safe for use by multiple threads.
 */
public final class HostMemoryPool {
  private static final long LIMIT = LongSetting.HOST_POOL.orElse(256L << 20);
  private static final long SMALLEST = 4096;

  private static final ConcurrentHashMap<Long, ConcurrentLinkedQueue<Memory>> FREE =
      new ConcurrentHashMap<>();
  private static final AtomicLong RETAINED = new AtomicLong();

  private HostMemoryPool() {}

  /** A block for exclusive use until it is returned. */
  public static final class Block {
    private final MemorySegment segment;
    private final UnreachableObjects.Action end;

    private Block(Memory whole, long byteSize) {
      // Reachable while the segment is.
      Object anchor = new Object();
      this.segment = new Lease(whole.segment().asSlice(0, byteSize), anchor).segment();
      this.end = UnreachableObjects.watch(anchor, () -> HostMemoryPool.putBack(whole));
      MemoryLedger.hold(whole.capacity());
    }

    /** Returns the memory, of the requested size. Its content is undefined. */
    public MemorySegment segment() {
      return segment;
    }

    /** Returns the block to the pool. Idempotent. */
    public void giveBack() {
      end.run();
    }
  }

  /**
   * Takes a block of at least {@code byteSize} bytes.
   *
   * @throws InsufficientMemoryException if the host has too little available memory
   */
  public static Block take(long byteSize) {
    long capacity = capacityFor(byteSize);
    MemoryPressure.Reservation reserved =
        MemoryPressure.reserve("A tensor in host memory", "", capacity);
    try {
      ConcurrentLinkedQueue<Memory> free = FREE.get(capacity);
      Memory reused = free == null ? null : free.poll();
      if (reused != null) {
        RETAINED.addAndGet(-capacity);
      }
      return new Block(reused != null ? reused : Memory.allocate(capacity), byteSize);
    } finally {
      reserved.end();
    }
  }

  private static void putBack(Memory memory) {
    long capacity = memory.capacity();
    MemoryLedger.release(capacity);
    if (RETAINED.addAndGet(capacity) > LIMIT) {
      RETAINED.addAndGet(-capacity);
      memory.free();
      return;
    }
    FREE.computeIfAbsent(capacity, unused -> new ConcurrentLinkedQueue<>()).add(memory);
  }

  /** Frees the unused memory in the pool. */
  static void freeUnused() {
    for (ConcurrentLinkedQueue<Memory> free : FREE.values()) {
      for (Memory memory = free.poll(); memory != null; memory = free.poll()) {
        RETAINED.addAndGet(-memory.capacity());
        memory.free();
      }
    }
  }

  /** Memory from {@code malloc}. */
  private record Memory(Arena owner, MemorySegment segment) {
    /** XLA's alignment for memory that a CPU device uses without a copy. */
    private static final long ALIGNMENT = 64;

    static Memory allocate(long capacity) {
      Arena owner = Arena.ofShared();
      try {
        return new Memory(owner, owner.allocate(capacity, ALIGNMENT));
      } catch (OutOfMemoryError e) {
        owner.close();
        throw new InsufficientMemoryException(
            String.format(
                Locale.ROOT,
                "The host could not allocate %d bytes for a tensor: %s",
                capacity,
                e.getMessage()));
      }
    }

    long capacity() {
      return segment.byteSize();
    }

    void free() {
      owner.close();
    }
  }

  /** Four sizes per octave: blocks are reusable for similar requests and waste at most a fifth. */
  private static long capacityFor(long byteSize) {
    if (byteSize <= SMALLEST) {
      return SMALLEST;
    }
    long step = Long.highestOneBit(byteSize - 1) / 4;
    return Math.multiplyExact(Math.ceilDiv(byteSize, step), step);
  }
}
