package org.hlo4j.internal.pjrt;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PluginException;
import org.hlo4j.error.StatusCode;
import org.hlo4j.error.UnsupportedPluginException;
import org.hlo4j.internal.pjrt.abi.PJRT_Api;
import org.hlo4j.internal.pjrt.abi.PJRT_Api_Version;
import org.hlo4j.internal.pjrt.abi.PJRT_Error_Destroy_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Error_GetCode_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Error_Message_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Plugin_Initialize_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.hlo4j.internal.pjrt.library.Downcall;
import org.hlo4j.internal.pjrt.library.NativeAccess;
import org.hlo4j.internal.pjrt.library.SharedLibrary;
import org.hlo4j.internal.pjrt.library.XlaLog;

/**
 * The function table of a loaded plugin, which stays loaded until the JVM exits, since plugins have
 * their own threads. Immutable; safe for use by multiple threads.
 */
public final class Api {
  private static final int NO_WAIT_MINOR = 106;

  /** The oldest minor version whose structs and slots were tested with this binding. */
  static final int OLDEST_MINOR = 80;

  static final int MAJOR = 0;
  private static final System.Logger LOG = System.getLogger("org.hlo4j");
  private static final String ENTRY = "GetPjrtApi";
  private static final String STABLEHLO_VERSION = "stablehlo_current_version";

  private final Path library;
  private final int minorVersion;

  /** The pointers of the functions that the plugin implements. */
  private final Map<PjrtFunction, MemorySegment> functions;

  /**
   * Reads a plugin's function table.
   *
   * @throws UnsupportedPluginException if the plugin implements another version of the C API
   */
  Api(Path library, MemorySegment table) {
    this.library = library;
    MemorySegment version =
        table.asSlice(PJRT_Api.pjrt_api_version$OFFSET, PJRT_Api_Version.SIZEOF);
    int majorVersion = PJRT_Api_Version.major_version(version);
    this.minorVersion = PJRT_Api_Version.minor_version(version);
    if (majorVersion != MAJOR || minorVersion < OLDEST_MINOR) {
      throw new UnsupportedPluginException(
          String.format(
              Locale.ROOT,
              "%s implements version %d.%d of the PJRT C API; %d.%d or a newer %d.x is required",
              library,
              majorVersion,
              minorVersion,
              MAJOR,
              OLDEST_MINOR,
              MAJOR));
    }
    this.functions = readFunctions(table);
  }

  /**
   * Loads a plugin and initializes it.
   *
   * @throws PluginException if the file is not a library, or the C library cannot load it
   * @throws UnsupportedPluginException if it does not export {@code GetPjrtApi}, or implements
   *     another version of the C API
   */
  static Api load(Path library) {
    NativeAccess.require();
    XlaLog.quiet();
    Api api = new Api(library, table(library));
    api.initialize();
    return api;
  }

  /**
   * Loads a library and returns its function table.
   *
   * @throws PluginException if it cannot be loaded, with the reason
   */
  static MemorySegment table(Path library) {
    MemorySegment entry =
        SharedLibrary.load(library)
            .find(ENTRY)
            .orElseThrow(
                () ->
                    new UnsupportedPluginException(
                        library
                            + " is not a PJRT plugin: it does not export the function "
                            + ENTRY));
    return tableOf(library, entry);
  }

  private static MemorySegment tableOf(Path library, MemorySegment entry) {
    long address;
    try {
      address =
          (long)
              Linker.nativeLinker()
                  .downcallHandle(FunctionDescriptor.of(ValueLayout.JAVA_LONG))
                  .invokeExact(entry);
    } catch (Throwable e) {
      throw Downcall.unexpected(e);
    }
    if (address == 0) {
      throw new PluginException(library + " returned no function table");
    }
    // The table's first member is its size, which depends on the plugin's version.
    long size =
        MemorySegment.ofAddress(address)
            .reinterpret(Long.BYTES)
            .get(ValueLayout.JAVA_LONG, PJRT_Api.struct_size$OFFSET);
    if (size < PjrtFunction.PJRT_Error_Destroy.slot()) {
      throw new PluginException(
          String.format(
              Locale.ROOT,
              "%s returned a table of only %d bytes, which is not a PJRT_Api",
              library,
              size));
    }
    return MemorySegment.ofAddress(address).reinterpret(size);
  }

  private static Map<PjrtFunction, MemorySegment> readFunctions(MemorySegment table) {
    Map<PjrtFunction, MemorySegment> functions = new EnumMap<>(PjrtFunction.class);
    for (PjrtFunction function : PjrtFunction.values()) {
      if (function.slot() + Long.BYTES <= table.byteSize()) {
        long address = table.get(ValueLayout.JAVA_LONG, function.slot());
        if (address != 0) {
          functions.put(function, MemorySegment.ofAddress(address));
        }
      }
    }
    return functions;
  }

  /**
   * Initializes the plugin, before any other call.
   *
   * @throws PluginException if that fails
   */
  void initialize() {
    if (!has(PjrtFunction.PJRT_Plugin_Initialize)) {
      return;
    }
    try (Scratch scratch = Scratch.take()) {
      call(PjrtFunction.PJRT_Plugin_Initialize, PJRT_Plugin_Initialize_Args.allocate(scratch));
    } catch (PjrtException e) {
      throw new PluginException(library + " failed to initialize: " + e.getMessage(), e);
    }
  }

  public Path library() {
    return library;
  }

  /**
   * Returns whether destroying a donated buffer waits until the call has its inputs. XLA did at
   * 0.81, and does not at 0.106.
   */
  boolean waitsForDonations() {
    return minorVersion < NO_WAIT_MINOR;
  }

  /** Returns the plugin's version of the C API, such as {@code 0.106}. */
  public String version() {
    return MAJOR + "." + minorVersion;
  }

  /**
   * Returns the version of StableHLO that the plugin was built with, such as {@code [1, 16, 1]};
   * empty if it is not reported.
   */
  public List<Long> stablehloVersion() {
    return PluginAttributes.integers(this, STABLEHLO_VERSION);
  }

  boolean has(PjrtFunction function) {
    return functions.containsKey(function);
  }

  /**
   * Calls a function and throws its error, if any, as an exception.
   *
   * @throws PjrtException with PJRT's code and message, or {@link StatusCode#UNIMPLEMENTED} if the
   *     plugin lacks the function
   */
  void call(PjrtFunction function, MemorySegment args) {
    long error = errorOf(function, args);
    if (error != 0) {
      throw takeError(function.name(), error);
    }
  }

  /** Calls an optional function; returns whether the plugin implements it. */
  boolean callIfImplemented(PjrtFunction function, MemorySegment args) {
    try {
      call(function, args);
      return true;
    } catch (PjrtException e) {
      if (e.code() == StatusCode.UNIMPLEMENTED) {
        return false;
      }
      throw e;
    }
  }

  /** Calls a function and returns the address of its error, which the caller owns; 0 if none. */
  long errorOf(PjrtFunction function, MemorySegment args) {
    return Downcall.call(require(function), args);
  }

  /**
   * Calls a function that destroys something. Since callers cannot handle a failure, it is logged.
   */
  void destroy(PjrtFunction function, MemorySegment args) {
    try {
      call(function, args);
    } catch (PjrtException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "The plugin failed to free a resource: " + e.getMessage());
    }
  }

  private MemorySegment require(PjrtFunction function) {
    MemorySegment pointer = functions.get(function);
    if (pointer == null) {
      throw new PjrtException(
          StatusCode.UNIMPLEMENTED,
          "The plugin %s (C API %s) has no %s".formatted(library, version(), function.name()));
    }
    return pointer;
  }

  /** Reads an error of the plugin and destroys it. */
  PjrtException takeError(String operation, long error) {
    try (Scratch scratch = Scratch.take()) {
      StatusCode code = codeOf(error, scratch);
      String message = messageOf(error, scratch);
      return new PjrtException(code, "%s: %s: %s".formatted(operation, code, message));
    } finally {
      destroyError(error);
    }
  }

  private StatusCode codeOf(long error, Scratch scratch) {
    MemorySegment args = PJRT_Error_GetCode_Args.allocate(scratch);
    PJRT_Error_GetCode_Args.error(args, error);
    long nested = Downcall.call(require(PjrtFunction.PJRT_Error_GetCode), args);
    if (nested != 0) {
      destroyError(nested);
      return StatusCode.UNKNOWN;
    }
    return StatusCode.of(PJRT_Error_GetCode_Args.code(args));
  }

  private String messageOf(long error, Scratch scratch) {
    MemorySegment args = PJRT_Error_Message_Args.allocate(scratch);
    PJRT_Error_Message_Args.error(args, error);
    Downcall.callVoid(require(PjrtFunction.PJRT_Error_Message), args);
    return string(
        PJRT_Error_Message_Args.message(args), PJRT_Error_Message_Args.message_size(args));
  }

  private void destroyError(long error) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Error_Destroy_Args.allocate(scratch);
      PJRT_Error_Destroy_Args.error(args, error);
      Downcall.callVoid(require(PjrtFunction.PJRT_Error_Destroy), args);
    }
  }

  /** Returns a copy of text in the plugin's memory. */
  static String string(long address, long size) {
    return address == 0 ? "" : new String(bytes(address, size), StandardCharsets.UTF_8);
  }

  /** Returns a copy of bytes in the plugin's memory. */
  static byte[] bytes(long address, long size) {
    return MemorySegment.ofAddress(address).reinterpret(size).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Returns a copy of bytes allocated by the plugin, and frees them with its deleter. */
  static byte[] takeBytes(long address, long size, long deleter, long owner) {
    try {
      return bytes(address, size);
    } finally {
      if (deleter != 0) {
        Downcall.callVoid(MemorySegment.ofAddress(deleter), MemorySegment.ofAddress(owner));
      }
    }
  }

  /** Returns a copy of pointers or 64-bit integers in the plugin's memory. */
  static long[] longs(long address, long count) {
    return MemorySegment.ofAddress(address)
        .reinterpret(Math.multiplyExact(count, Long.BYTES))
        .toArray(ValueLayout.JAVA_LONG);
  }

  /** Reads a value from each of several objects, whose pointers are in the plugin's memory. */
  static <T> List<T> list(long address, long count, LongFunction<T> reader) {
    return Arrays.stream(longs(address, count)).mapToObj(reader).toList();
  }

  /** Returns a copy of 32-bit integers in the plugin's memory. */
  static int[] ints(long address, long count) {
    return MemorySegment.ofAddress(address)
        .reinterpret(Math.multiplyExact(count, Integer.BYTES))
        .toArray(ValueLayout.JAVA_INT);
  }
}
