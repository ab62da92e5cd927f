package org.hlo4j.internal.pjrt.library;

import java.nio.ByteBuffer;

/**
 * A program header of an ELF file: a range of the file, and its address in memory.
 *
 * @param type the type
 * @param offset the offset in the file
 * @param address the address in memory, relative to the load address
 * @param fileBytes the size in the file
 * @param memoryBytes the size in memory
 */
record ElfSegment(int type, long offset, long address, long fileBytes, long memoryBytes) {
  private static final int LOADED = 1;
  private static final int DYNAMIC = 2;

  static ElfSegment of(ByteBuffer header) {
    return new ElfSegment(
        header.getInt(0),
        header.getLong(8),
        header.getLong(16),
        header.getLong(32),
        header.getLong(40));
  }

  boolean isDynamic() {
    return type == DYNAMIC;
  }

  /** Returns whether an address is in it, or at its end, where empty tables may be. */
  boolean loads(long place) {
    return type == LOADED && place >= address && place - address <= memoryBytes;
  }
}
