package org.hlo4j.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native memory for what cannot stay as it is in a file: kept as long as anybody can reach it. */
final class NativeCopy {
  /** What a CPU device wants, to read the memory in place. */
  static final long ALIGNMENT = 64;

  private NativeCopy() {}

  static MemorySegment allocate(long size) {
    return Arena.ofAuto().allocate(Math.max(1, size), ALIGNMENT).asSlice(0, size);
  }
}
