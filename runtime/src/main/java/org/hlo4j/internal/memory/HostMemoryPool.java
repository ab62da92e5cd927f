package org.hlo4j.internal.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.hlo4j.error.InsufficientMemoryException;

/**
 * Native memory for transfers, reused: touching fresh pages costs more than copying into pages that
 * are there. Blocks are aligned for zero-copy on a CPU device. What is given back beyond the limit
 * is freed, and so is what is unused while memory is short. Safe for use by many threads.
 */
public final class HostMemoryPool {
  /** XLA's alignment for memory that a CPU device takes over without a copy. */
  private static final long ALIGNMENT = 64;

  private static final long LIMIT = Long.getLong("hlo4j.hostPool.bytes", 256L << 20);
  private static final long SMALLEST = 4096;

  private static final ConcurrentHashMap<Long, ConcurrentLinkedQueue<Memory>> FREE =
      new ConcurrentHashMap<>();
  private static final AtomicLong RETAINED = new AtomicLong();

  private HostMemoryPool() {}

  /** A block that nobody else uses until it is given back. */
  public static final class Block {
    private final Memory whole;
    private final MemorySegment segment;
    private final AtomicBoolean givenBack = new AtomicBoolean();

    private Block(Memory whole, long byteSize) {
      this.whole = whole;
      this.segment = whole.segment().asSlice(0, byteSize);
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

  /**
   * Allocated memory, freed at the latest when nobody can reach its segment any more. An automatic
   * arena frees so as well, but may have no more in all than the Java heap: a limit that tensors
   * should not have.
   */
  private static final class Memory {
    private final Lease lease;
    private final UnreachableObjects.Action end;
    private final long capacity;

    private Memory(Arena owner, MemorySegment memory) {
      Object anchor = new Object();
      this.lease = new Lease(memory, anchor);
      this.end = UnreachableObjects.watch(anchor, endOf(owner, memory.byteSize()));
      this.capacity = memory.byteSize();
    }

    private static Runnable endOf(Arena owner, long capacity) {
      return () -> {
        owner.close();
        MemoryPressure.release(capacity);
      };
    }

    static Memory allocate(long capacity) {
      MemoryPressure.Reservation reserved =
          MemoryPressure.reserve("A tensor in host memory", capacity);
      try {
        Arena owner = Arena.ofShared();
        MemorySegment memory;
        try {
          memory = owner.allocate(capacity, ALIGNMENT);
        } catch (OutOfMemoryError e) {
          owner.close();
          throw new InsufficientMemoryException(
              "The host has no %d bytes for a tensor: %s".formatted(capacity, e.getMessage()));
        }
        MemoryPressure.hold(capacity);
        return new Memory(owner, memory);
      } finally {
        reserved.end();
      }
    }

    MemorySegment segment() {
      return lease.segment();
    }

    void free() {
      lease.withdraw();
      end.run();
    }
  }

  /**
   * Takes a block of at least {@code byteSize} bytes.
   *
   * @throws InsufficientMemoryException if the host has too little memory left
   */
  public static Block take(long byteSize) {
    long capacity = capacityFor(byteSize);
    ConcurrentLinkedQueue<Memory> free = FREE.get(capacity);
    Memory reused = free == null ? null : free.poll();
    if (reused != null) {
      RETAINED.addAndGet(-capacity);
      return new Block(reused, byteSize);
    }
    return new Block(Memory.allocate(capacity), byteSize);
  }

  private static void retain(Memory memory) {
    if (RETAINED.addAndGet(memory.capacity) > LIMIT) {
      RETAINED.addAndGet(-memory.capacity);
      memory.free();
      return;
    }
    FREE.computeIfAbsent(memory.capacity, unused -> new ConcurrentLinkedQueue<>()).add(memory);
  }

  /** Frees the blocks that nobody has taken. */
  static void freeUnused() {
    for (ConcurrentLinkedQueue<Memory> free : FREE.values()) {
      for (Memory memory = free.poll(); memory != null; memory = free.poll()) {
        RETAINED.addAndGet(-memory.capacity);
        memory.free();
      }
    }
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
