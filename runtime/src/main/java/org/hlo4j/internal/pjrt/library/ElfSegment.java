package org.hlo4j.internal.pjrt.library;

import java.nio.ByteBuffer;

/**
 * A program header of an ELF file: bytes of the file, and where they are in memory.
 *
 * @param type what they are
 * @param offset where they begin in the file
 * @param address where they begin in memory, from where the library is loaded
 * @param fileBytes how many there are in the file
 * @param memoryBytes how many there are in memory
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

  /** Whether an address lies in it, or at its end, where tables without entries may lie. */
  boolean loads(long place) {
    return type == LOADED && place >= address && place - address <= memoryBytes;
  }
}
