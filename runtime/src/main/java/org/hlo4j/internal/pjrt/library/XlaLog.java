package org.hlo4j.internal.pjrt.library;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Suppresses XLA's informational log lines on standard error. */
public final class XlaLog {
  private static final String VARIABLE = "TF_CPP_MIN_LOG_LEVEL";
  private static final String FATAL_ERRORS = "3";

  private XlaLog() {}

  /**
   * Sets XLA's variable in the process's environment, unless the user has set it. XLA reads it when
   * a plugin's library is loaded, so this must come first.
   */
  public static void quiet() {
    if (System.getenv(VARIABLE) != null) {
      return;
    }
    FunctionDescriptor type =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    MethodHandle setenv = Downcall.function("setenv", type).orElse(null);
    if (setenv == null) {
      // Windows has none; log lines are no reason to fail.
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(VARIABLE);
      MemorySegment value = arena.allocateFrom(FATAL_ERRORS);
      int failed = (int) setenv.invokeExact(name, value, 0);
      if (failed != 0) {
        System.getLogger("org.hlo4j")
            .log(System.Logger.Level.DEBUG, "setenv failed for " + VARIABLE);
      }
    } catch (Throwable e) {
      throw Downcall.unexpected(e);
    }
  }
}
