package org.hlo4j.internal.pjrt.library;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The two kinds of calls in PJRT's C API: one pointer to an argument struct, and an error or void
 * as the result.
 */
public final class Downcall {
  private static final MethodHandle CALL =
      Linker.nativeLinker()
          .downcallHandle(FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
  private static final MethodHandle CALL_VOID =
      Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

  private Downcall() {}

  /** Calls a function and returns the address of its error; 0 on success. */
  public static long call(MemorySegment function, MemorySegment args) {
    try {
      return (long) CALL.invokeExact(function, args);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Calls a function that cannot fail. */
  public static void callVoid(MemorySegment function, MemorySegment args) {
    try {
      CALL_VOID.invokeExact(function, args);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Returns a function of the C library; empty if it is missing. */
  static Optional<MethodHandle> function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.defaultLookup().find(name).map(found -> linker.downcallHandle(found, type));
  }

  /**
   * Wraps a downcall handle's throwable: it declares Throwable, but only throws the JVM's errors.
   */
  public static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    return new IllegalStateException(thrown);
  }
}
