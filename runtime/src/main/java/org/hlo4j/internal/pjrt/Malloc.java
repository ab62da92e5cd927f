package org.hlo4j.internal.pjrt;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The C library's {@code malloc}, which XLA's CPU devices get tensors from. It keeps freed memory
 * in the arena of each thread; {@code malloc_trim} gives it back to the operating system.
 */
final class Malloc {
  private static final @Nullable MethodHandle TRIM = trimmer();

  private Malloc() {}

  private static @Nullable MethodHandle trimmer() {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("malloc_trim")
        .map(
            function ->
                linker.downcallHandle(
                    function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)))
        .orElse(null);
  }

  /** Gives free memory back. Does nothing where the C library is not glibc. */
  static void trim() {
    if (TRIM == null) {
      return;
    }
    try {
      int unused = (int) TRIM.invokeExact(0L);
    } catch (Throwable e) {
      throw new AssertionError("malloc_trim throws nothing", e);
    }
  }
}
