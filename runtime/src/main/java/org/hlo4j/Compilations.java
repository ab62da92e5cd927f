package org.hlo4j;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.hlo4j.internal.pjrt.CompileOptions;
import org.hlo4j.internal.pjrt.ExecutableHandle;

/**
 * The executables of a client: each program is compiled once a device, whoever asks first and
 * however many ask at once. A compilation that failed is forgotten, so that asking again tries
 * again.
 */
final class Compilations {
  /** XLA recurses over programs; Java's default stack would not hold what C++ programs give it. */
  private static final long STACK_BYTES = 64L << 20;

  private static final Executor COMPILERS = compilers();
  private static final String FORMAT = "mlir";

  /** What an executable is found by. */
  private record Key(Program program, Device device) {}

  private final ClientHandle client;
  private final String platform;
  private final ConcurrentHashMap<Key, CompletableFuture<Executable>> executables =
      new ConcurrentHashMap<>();
  private final AtomicInteger started = new AtomicInteger();

  Compilations(ClientHandle client, String platform) {
    this.client = client;
    this.platform = platform;
  }

  Promise<Executable> compile(Device device, Program program) {
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
    try {
      future.complete(load(key));
    } catch (Throwable e) {
      executables.remove(key, future);
      future.completeExceptionally(e);
    }
  }

  /** How many compilations were begun. */
  int started() {
    return started.get();
  }

  private Executable load(Key key) {
    started.incrementAndGet();
    Program program = key.program();
    ExecutableHandle handle = compile(key);
    try {
      return new Executable(program, key.device(), handle, () -> executables.remove(key));
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  private ExecutableHandle compile(Key key) {
    Program program = key.program();
    String planned = program.plan().text();
    try {
      return compile(key, planned);
    } catch (PjrtException e) {
      if (!planned.equals(program.text())) {
        // XLA's columns are those of the text that it got: have it say the same of the user's.
        CompileErrors.explained(program, () -> compile(key, program.text())).close();
      }
      throw CompileErrors.explain(program, e);
    }
  }

  private ExecutableHandle compile(Key key, String text) {
    return client.compile(
        text.getBytes(StandardCharsets.UTF_8),
        FORMAT,
        CompileOptions.forDevice(key.device().handle(), platform));
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
