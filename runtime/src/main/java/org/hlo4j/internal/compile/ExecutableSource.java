package org.hlo4j.internal.compile;

import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.error.HloException;
import org.hlo4j.internal.cache.KeyHasher;
import org.hlo4j.internal.device.ClientContext;
import org.hlo4j.internal.jfr.CompileEvent;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.program.PluginDialect;
import org.hlo4j.internal.program.StableHloProgram;
import org.hlo4j.internal.program.StableHloProgram.CompiledAhead;
import org.jspecify.annotations.Nullable;

/**
 * The source of a client's executables: those shipped with a program, the disk cache, or XLA.
 * Whatever cannot be verified is recompiled. Safe for use by multiple threads.
 */
public final class ExecutableSource {
  private static final System.Logger LOGGER = System.getLogger("org.hlo4j");

  /** Changes XLA's output for a program. */
  private static final String XLA_FLAGS = "XLA_FLAGS";

  /** Changed when older executables must no longer be loaded. */
  private static final String FORMAT_VERSION = "hlo4j 1";

  private final ClientHandle client;
  private final String platform;
  private final PluginDialect dialect;
  private final Supplier<String> pluginFingerprint;
  private final DiskExecutableCache cache;

  /** What executables depend on besides their programs and options; computed on first use. */
  private volatile @Nullable String environment;

  /** Completes when everything compiled so far is in the disk cache. */
  private volatile CompletableFuture<Void> keeping = CompletableFuture.completedFuture(null);

  private final AtomicInteger compiled = new AtomicInteger();
  private final AtomicInteger loaded = new AtomicInteger();

  public ExecutableSource(
      ClientContext client, Supplier<String> pluginFingerprint, DiskExecutableCache cache) {
    this.client = client.handle();
    this.platform = client.platform();
    this.dialect = new PluginDialect(this.client.api()::stablehloVersion, platform);
    this.pluginFingerprint = pluginFingerprint;
    this.cache = cache;
  }

  /** Returns the name of the platform, such as {@code cpu}. */
  String platform() {
    return platform;
  }

  public int loaded() {
    return loaded.get();
  }

  public int compiled() {
    return compiled.get();
  }

  /** Waits until everything compiled is in the disk cache. */
  public void awaitKept() {
    var unused = keeping.join();
  }

  /**
   * Finds or compiles an executable.
   *
   * @param options the bytes of a {@code CompileOptionsProto}
   * @param where the device or devices, for the Flight Recorder
   * @param owner checks the executable and takes ownership of it
   * @throws CompilationException if the program is rejected
   */
  <E> E get(
      StableHloProgram program, byte[] options, String where, Function<ExecutableHandle, E> owner) {
    CompileEvent event = new CompileEvent();
    event.begin();
    E executable = findOrCompile(program, options, owner, event);
    if (event.shouldCommit()) {
      event.kernel = program.name();
      event.device = where;
      event.bytes = program.code(dialect).length;
      event.commit();
    }
    return executable;
  }

  private <E> E findOrCompile(
      StableHloProgram program,
      byte[] options,
      Function<ExecutableHandle, E> owner,
      CompileEvent event) {
    if (program.compiledAhead() == null && cache.isOff()) {
      return compile(program, options, owner);
    }
    E found = find(program, options, owner);
    if (found != null) {
      event.loaded = true;
      return found;
    }
    return compile(
        program,
        options,
        handle -> {
          E executable = owner.apply(handle);
          if (!cache.isOff()) {
            startKeeping(program, options, handle);
          }
          return executable;
        });
  }

  private <E> @Nullable E find(
      StableHloProgram program, byte[] options, Function<ExecutableHandle, E> owner) {
    try {
      String wanted = keyOf(program, options);
      CompiledAhead ahead = program.compiledAhead();
      byte[] shipped = ahead == null ? null : ahead.find(wanted);
      ExecutableImage found =
          shipped != null ? ExecutableImage.of(shipped) : cache.find(wanted).orElse(null);
      return found == null ? null : load(program, options, found, owner);
    } catch (HloException | UncheckedIOException e) {
      LOGGER.log(
          System.Logger.Level.DEBUG, () -> "The executable of " + program + " is recompiled", e);
      return null;
    }
  }

  private <E> E compile(
      StableHloProgram program, byte[] options, Function<ExecutableHandle, E> owner) {
    compiled.incrementAndGet();
    return own(XlaCompiler.compile(client, program, dialect, options), owner);
  }

  /**
   * Loads an executable that was serialized.
   *
   * @throws ArgumentException if it is for another program, plugin, machine or device
   */
  <E> E load(
      StableHloProgram program,
      byte[] options,
      ExecutableImage serialized,
      Function<ExecutableHandle, E> owner) {
    if (!serialized.key().equals(keyOf(program, options))) {
      throw new ArgumentException(
          "%s was compiled from another program than %s, or for another plugin, machine or device"
              .formatted(serialized, program));
    }
    E executable = own(client.load(serialized.code()), owner);
    loaded.incrementAndGet();
    return executable;
  }

  private static <E> E own(ExecutableHandle handle, Function<ExecutableHandle, E> owner) {
    try {
      return owner.apply(handle);
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  /**
   * Runs concurrently with the first call, which must not wait for it. The executable may be closed
   * first.
   */
  private synchronized void startKeeping(
      StableHloProgram program, byte[] options, ExecutableHandle handle) {
    if (!handle.tryRetain()) {
      return;
    }
    keeping =
        CompletableFuture.allOf(
            keeping,
            CompletableFuture.runAsync(
                () -> keep(program, options, handle), ExecutableMemo.COMPILERS));
  }

  private void keep(StableHloProgram program, byte[] options, ExecutableHandle handle) {
    try {
      cache.keep(new ExecutableImage(keyOf(program, options), handle.serialize()));
    } catch (HloException | OutOfMemoryError e) {
      // The bytes of a program with large constants may exceed the heap.
      LOGGER.log(System.Logger.Level.DEBUG, () -> program + " cannot be cached on disk", e);
    } finally {
      handle.release();
    }
  }

  /** Returns the key of what an executable depends on: program, plugin, machine, and options. */
  String keyOf(StableHloProgram program, byte[] options) {
    return new KeyHasher().add(environment()).add(options).add(program.code(dialect)).key();
  }

  private String environment() {
    String known = environment;
    if (known == null) {
      known =
          new KeyHasher()
              .add(FORMAT_VERSION)
              .add(pluginFingerprint.get())
              .add(client.api().version())
              .add(platform)
              .add(client.platformVersion())
              .add(client.topology())
              .add(Objects.requireNonNullElse(System.getenv(XLA_FLAGS), ""))
              .key();
      environment = known;
    }
    return known;
  }
}
