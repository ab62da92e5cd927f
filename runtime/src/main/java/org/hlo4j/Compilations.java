package org.hlo4j;

import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.hlo4j.Program.CompiledAhead;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.HloException;
import org.hlo4j.internal.cache.KeyHasher;
import org.hlo4j.internal.jfr.CompileEvent;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.hlo4j.internal.pjrt.CompileOptions;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.jspecify.annotations.Nullable;

/**
 * The executables of a client: each program is compiled once a device, whoever asks first and
 * however many ask at once. A compilation that failed is forgotten, so that asking again tries
 * again.
 */
final class Compilations {
  /** XLA recurses over programs; Java's default stack would not hold what C++ programs give it. */
  private static final long STACK_BYTES = 64L << 20;

  static final Executor COMPILERS = compilers();
  private static final System.Logger LOGGER = System.getLogger("org.hlo4j");

  /** Changes what XLA makes of a program. */
  private static final String XLA_FLAGS = "XLA_FLAGS";

  /** Changes when executables of before are not to be loaded any more. */
  private static final String FORMAT_VERSION = "hlo4j 1";

  /** What an executable is found by. */
  private record Key(Program program, Device device) {}

  private final ClientHandle client;
  private final String platform;
  private final Supplier<String> pluginFingerprint;
  private final ExecutableCache cache;

  /** What executables depend on besides their programs and devices; known when first asked for. */
  private volatile @Nullable String environment;

  private final ConcurrentHashMap<Key, CompletableFuture<Executable>> executables =
      new ConcurrentHashMap<>();

  /** Ends when all that was compiled so far is kept for later processes. */
  private volatile CompletableFuture<Void> keeping = CompletableFuture.completedFuture(null);

  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger loaded = new AtomicInteger();

  Compilations(
      ClientHandle client,
      String platform,
      Supplier<String> pluginFingerprint,
      ExecutableCache cache) {
    this.client = client;
    this.platform = platform;
    this.pluginFingerprint = pluginFingerprint;
    this.cache = cache;
  }

  Promise<Executable> compile(Device device, Program program) {
    if (program.counts().devices() > 1) {
      throw new ArgumentException(
          "%s runs as %s; compile it for a DeviceGroup"
              .formatted(program.name(), program.counts()));
    }
    Key key = new Key(program, device);
    CompletableFuture<Executable> known = executables.get(key);
    CompletableFuture<Executable> future = known != null ? known : start(key);
    return new FuturePromise<>(
        future, () -> future.join().under(program), () -> "compiling " + program.name());
  }

  private CompletableFuture<Executable> start(Key key) {
    CompletableFuture<Executable> mine = new CompletableFuture<>();
    CompletableFuture<Executable> others = executables.putIfAbsent(key, mine);
    if (others != null) {
      return others;
    }
    COMPILERS.execute(() -> run(key, mine));
    return mine;
  }

  private void run(Key key, CompletableFuture<Executable> future) {
    CompileEvent event = new CompileEvent();
    event.begin();
    try {
      Executable executable = load(key, future, event);
      report(event, key);
      future.complete(executable);
    } catch (Throwable e) {
      executables.remove(key, future);
      future.completeExceptionally(e);
    }
  }

  private static void report(CompileEvent event, Key key) {
    if (event.shouldCommit()) {
      event.kernel = key.program().name();
      event.device = key.device().toString();
      event.bytes = key.program().code().length;
      event.commit();
    }
  }

  /** Waits until what was compiled is kept for later processes. */
  void awaitKept() {
    var unused = keeping.join();
  }

  /** How many executables were loaded instead of compiled. */
  int loaded() {
    return loaded.get();
  }

  /** How many compilations were begun. */
  int started() {
    return started.get();
  }

  /** Finds an executable, or compiles one. Any doubt about what is found means compiling. */
  private Executable load(Key key, CompletableFuture<Executable> future, CompileEvent event) {
    CompiledAhead ahead = key.program().compiledAhead();
    if (ahead == null && cache.isOff()) {
      return compile(key, future);
    }
    Executable found = find(key, ahead, future);
    if (found != null) {
      event.loaded = true;
      return found;
    }
    Executable compiled = compile(key, future);
    if (!cache.isOff()) {
      // Beside the first call, which should not wait for it.
      startKeeping(compiled);
    }
    return compiled;
  }

  private @Nullable Executable find(
      Key key, @Nullable CompiledAhead ahead, CompletableFuture<Executable> future) {
    try {
      String wanted = keyOf(key.device(), key.program());
      byte[] shipped = ahead == null ? null : ahead.find(wanted);
      if (shipped != null) {
        return load(key, SerializedExecutable.of(shipped), wanted, future);
      }
      SerializedExecutable cached = cache.find(wanted).orElse(null);
      return cached == null ? null : load(key, cached, wanted, future);
    } catch (HloException | UncheckedIOException e) {
      LOGGER.log(
          System.Logger.Level.DEBUG,
          () -> "The executable of " + key.program() + " is compiled anew",
          e);
      return null;
    }
  }

  private synchronized void startKeeping(Executable executable) {
    keeping =
        CompletableFuture.allOf(
            keeping, CompletableFuture.runAsync(() -> keep(executable), COMPILERS));
  }

  private void keep(Executable executable) {
    try {
      cache.keep(executable.serialize());
    } catch (HloException e) {
      LOGGER.log(
          System.Logger.Level.DEBUG, () -> executable + " cannot be kept for later processes", e);
    }
  }

  private Executable compile(Key key, CompletableFuture<Executable> future) {
    started.incrementAndGet();
    return executable(key, compile(key), future);
  }

  private Executable executable(
      Key key, ExecutableHandle handle, CompletableFuture<Executable> future) {
    try {
      return new Executable(
          key.program(), key.device(), handle, () -> executables.remove(key, future));
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  private Executable load(
      Key key,
      SerializedExecutable serialized,
      String wanted,
      CompletableFuture<Executable> future) {
    if (!serialized.key().equals(wanted)) {
      throw new ArgumentException(
          "%s is not of %s, this plugin and %s".formatted(serialized, key.program(), key.device()));
    }
    Executable executable = executable(key, client.load(serialized.code()), future);
    loaded.incrementAndGet();
    return executable;
  }

  /** Loads an executable; it is shared among all who compile an equal program from now on. */
  Executable load(Device device, Program program, SerializedExecutable serialized) {
    Key key = new Key(program, device);
    CompletableFuture<Executable> known = executables.get(key);
    if (known != null) {
      return compile(device, program).value();
    }
    CompletableFuture<Executable> future = new CompletableFuture<>();
    Executable executable = load(key, serialized, keyOf(device, program), future);
    future.complete(executable);
    executables.putIfAbsent(key, future);
    return executable;
  }

  /** What an executable depends on: the program, the plugin, the machine, and the options. */
  String keyOf(Device device, Program program) {
    return new KeyHasher()
        .add(environment())
        .add(CompileOptions.forDevice(device.handle(), platform))
        .add(program.code())
        .key();
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

  private ExecutableHandle compile(Key key) {
    return XlaCompiler.compile(
        client, key.program(), CompileOptions.forDevice(key.device().handle(), platform));
  }

  private static Executor compilers() {
    int threads = Runtime.getRuntime().availableProcessors();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            5,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(null, task, "hlo4j-compiler", STACK_BYTES);
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
