package org.hlo4j;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.jfr.CompileEvent;
import org.hlo4j.internal.pjrt.ClientHandle;
import org.hlo4j.internal.pjrt.CompileOptions;
import org.hlo4j.internal.pjrt.ExecutableHandle;

/**
 * The executables of a client that run on several devices: each program is compiled once a group,
 * as {@link Compilations} does it for one device.
 */
final class GroupCompilations {
  /** What an executable is found by. */
  private record Key(Program program, DeviceGroup group) {}

  private final ClientHandle client;
  private final String platform;
  private final Executor compilers;
  private final ConcurrentHashMap<Key, CompletableFuture<ShardedExecutable>> executables =
      new ConcurrentHashMap<>();

  GroupCompilations(ClientHandle client, String platform, Executor compilers) {
    this.client = client;
    this.platform = platform;
    this.compilers = compilers;
  }

  Promise<ShardedExecutable> compile(DeviceGroup group, Program program) {
    if (program.counts().devices() != group.size()) {
      throw new ArgumentException(
          "%s runs on %d devices (%s), and %s has %d"
              .formatted(
                  program.name(),
                  program.counts().devices(),
                  program.counts(),
                  group,
                  group.size()));
    }
    Key key = new Key(program, group);
    CompletableFuture<ShardedExecutable> known = executables.get(key);
    CompletableFuture<ShardedExecutable> future = known != null ? known : start(key);
    return new FuturePromise<>(
        future, () -> future.join().under(program), () -> "compiling " + program.name());
  }

  private CompletableFuture<ShardedExecutable> start(Key key) {
    CompletableFuture<ShardedExecutable> mine = new CompletableFuture<>();
    CompletableFuture<ShardedExecutable> others = executables.putIfAbsent(key, mine);
    if (others != null) {
      return others;
    }
    compilers.execute(() -> run(key, mine));
    return mine;
  }

  private void run(Key key, CompletableFuture<ShardedExecutable> future) {
    CompileEvent event = new CompileEvent();
    event.begin();
    try {
      ShardedExecutable executable = compile(key, future);
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
      event.device = key.group().toString();
      event.bytes = key.program().code().length;
      event.commit();
    }
  }

  private ShardedExecutable compile(Key key, CompletableFuture<ShardedExecutable> future) {
    Program program = key.program();
    List<Boolean> openOutputs =
        program.outputs().stream().map(output -> output.sharding().isEmpty()).toList();
    byte[] options =
        CompileOptions.forDevices(
            key.group().devices().stream().map(device -> device.handle().id()).toList(),
            program.partitions(),
            program.usesShardy(),
            openOutputs,
            platform);
    ExecutableHandle handle = XlaCompiler.compile(client, program, options);
    try {
      return new ShardedExecutable(
          program, key.group(), handle, () -> executables.remove(key, future));
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }
}
