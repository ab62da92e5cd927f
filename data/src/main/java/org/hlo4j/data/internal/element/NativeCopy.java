package org.hlo4j.data.internal.element;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native memory for what cannot stay as it is in a file: kept as long as anybody can reach it. */
public final class NativeCopy {
  /** What a CPU device wants, to read the memory in place. */
  public static final long ALIGNMENT = 64;

  private NativeCopy() {}

  public static MemorySegment allocate(long size) {
    return Arena.ofAuto().allocate(Math.max(1, size), ALIGNMENT).asSlice(0, size);
  }
}
