package org.hlo4j.internal.pjrt.library;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The C library's {@code dlopen}, which reports the reason of a failure, unlike the JDK's lookups.
 * Safe for use by multiple threads.
 */
final class DynamicLoader {
  /** Resolves all symbols now: a missing one would abort the process on its first use. */
  private static final int RTLD_NOW = 2;

  /** At least the size of {@code fenv_t} on all platforms. */
  private static final long FLOATING_POINT_ENVIRONMENT = 256;

  private static final AddressLayout TEXT =
      ValueLayout.ADDRESS.withTargetLayout(
          MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE));

  /** The encoding of paths in system calls. */
  private static final Charset PATHS =
      Charset.forName(System.getProperty("sun.jnu.encoding"), Charset.defaultCharset());

  private static final Optional<DynamicLoader> LOADER = find();

  private final MethodHandle open;
  private final MethodHandle error;
  private final MethodHandle getEnvironment;
  private final MethodHandle setEnvironment;

  private DynamicLoader() {
    FunctionDescriptor environment =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    this.open =
        function(
            "dlopen",
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    this.error = function("dlerror", FunctionDescriptor.of(TEXT));
    this.getEnvironment = function("fegetenv", environment);
    this.setEnvironment = function("fesetenv", environment);
  }

  /** Returns the loader of this platform; empty if its C library has none. */
  static Optional<DynamicLoader> ofThisPlatform() {
    return LOADER;
  }

  private static Optional<DynamicLoader> find() {
    try {
      return Optional.of(new DynamicLoader());
    } catch (NoSuchElementException e) {
      return Optional.empty();
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    return Downcall.function(name, type).orElseThrow();
  }

  /**
   * Loads a library, which stays loaded until the JVM exits.
   *
   * @return the C library's reason if it cannot be loaded; empty on success
   */
  Optional<String> open(Path library) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment environment = arena.allocate(FLOATING_POINT_ENVIRONMENT, Long.BYTES);
      MemorySegment path = arena.allocateFrom(library.toString(), PATHS);
      // On first linkage the JVM looks symbols up, which would replace the error of this thread.
      // Linked now, nothing comes between dlopen and dlerror.
      MemorySegment unused = (MemorySegment) error.invokeExact();
      int gotten = (int) getEnvironment.invokeExact(environment);
      long handle = (long) open.invokeExact(path, RTLD_NOW);
      MemorySegment reason = handle == 0 ? (MemorySegment) error.invokeExact() : MemorySegment.NULL;
      // A library's constructors may change this thread's rounding or denormal mode.
      int unusedStatus = gotten == 0 ? (int) setEnvironment.invokeExact(environment) : gotten;
      if (handle != 0) {
        return Optional.empty();
      }
      return Optional.of(
          reason.equals(MemorySegment.NULL) ? "dlopen gives no reason" : reason.getString(0));
    } catch (Throwable e) {
      throw Downcall.unexpected(e);
    }
  }
}
