package org.hlo4j.data.internal.element;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** Slices of memory that fit into a buffer. */
public final class Chunks {
  private static final long SIZE = 1 << 20;

  private Chunks() {}

  /** Returns the slice at an offset. */
  public static ByteBuffer at(MemorySegment memory, long at) {
    return memory.asSlice(at, Math.min(SIZE, memory.byteSize() - at)).asByteBuffer();
  }

  /** Adds all of the memory to a checksum. */
  public static void update(CRC32 crc, MemorySegment memory) {
    for (long at = 0; at < memory.byteSize(); at += SIZE) {
      crc.update(at(memory, at));
    }
  }
}
