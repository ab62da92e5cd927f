package org.hlo4j.data.internal.element;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native memory for elements that cannot be used in place; valid while it is reachable. */
public final class NativeCopy {
  /** The alignment that a CPU device requires for zero-copy access. */
  public static final long ALIGNMENT = 64;

  private NativeCopy() {}

  public static MemorySegment allocate(long size) {
    return Arena.ofAuto().allocate(Math.max(1, size), ALIGNMENT).asSlice(0, size);
  }
}
