package org.hlo4j.internal.pjrt.library;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The C library's {@code malloc}, from which XLA's CPU devices allocate tensors. It keeps freed
 * memory in the arena of each thread. Does nothing for C libraries other than glibc.
 */
public final class Malloc {
  /** {@code M_TRIM_THRESHOLD} of glibc's {@code malloc.h}. */
  private static final int TRIM_THRESHOLD = -1;

  /** {@code M_MMAP_THRESHOLD} of glibc's {@code malloc.h}. */
  private static final int MMAP_THRESHOLD = -3;

  /** The largest threshold that glibc accepts, and the limit of its own adaptation. */
  private static final int LARGEST_MMAP_THRESHOLD = 32 << 20;

  private static final @Nullable MethodHandle TRIM =
      Downcall.function(
              "malloc_trim", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG))
          .orElse(null);

  private static final @Nullable MethodHandle SET_OPTION =
      Downcall.function(
              "mallopt",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT))
          .orElse(null);

  private Malloc() {}

  /**
   * Keeps freed memory for later tensors until {@link #trim}. By default, {@code malloc} returns
   * the free end of an arena to the operating system, and faulting in new pages costs more than
   * most programs compute with them. Does nothing if the environment configures {@code malloc}.
   */
  public static void keepFreedMemory() {
    if (SET_OPTION == null || TRIM == null || isSetUp(System.getenv())) {
      return;
    }
    setOption(SET_OPTION, MMAP_THRESHOLD, LARGEST_MMAP_THRESHOLD);
    setOption(SET_OPTION, TRIM_THRESHOLD, Integer.MAX_VALUE);
  }

  /** Returns whether the environment has options for glibc's {@code malloc}. */
  static boolean isSetUp(Map<String, String> environment) {
    return environment.getOrDefault("GLIBC_TUNABLES", "").contains("glibc.malloc.")
        || environment.keySet().stream()
            .anyMatch(name -> name.startsWith("MALLOC_") && name.endsWith("_"));
  }

  private static void setOption(MethodHandle function, int option, int value) {
    try {
      int unused = (int) function.invokeExact(option, value);
    } catch (Throwable e) {
      throw new AssertionError("mallopt throws nothing", e);
    }
  }

  public static void trim() {
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
