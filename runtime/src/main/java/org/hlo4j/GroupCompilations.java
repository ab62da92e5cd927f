package org.hlo4j;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.pjrt.CompileOptions;

/**
 * The executables of a client that run on several devices: each program is compiled once a group.
 */
final class GroupCompilations {
  /** What an executable is found by. */
  private record Key(Program program, DeviceGroup group) {}

  private final ExecutableSource source;
  private final CompiledOnce<Key, ShardedExecutable> executables = new CompiledOnce<>();

  GroupCompilations(ExecutableSource source) {
    this.source = source;
  }

  Promise<ShardedExecutable> compile(DeviceGroup group, Program program) {
    if (program.counts().devices() != group.size()) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s runs on %d devices (%s), and %s has %d",
              program.name(),
              program.counts().devices(),
              program.counts(),
              group,
              group.size()));
    }
    CompletableFuture<ShardedExecutable> future =
        executables.get(
            new Key(program, group),
            forget ->
                source.get(
                    program,
                    options(group, program),
                    group.toString(),
                    handle -> new ShardedExecutable(program, group, handle, forget)));
    return new FuturePromise<>(
        future, () -> future.join().under(program), () -> "compiling " + program.name());
  }

  private byte[] options(DeviceGroup group, Program program) {
    List<Boolean> openOutputs =
        program.outputs().stream().map(output -> output.sharding().isEmpty()).toList();
    return CompileOptions.forDevices(
        group.devices().stream().map(device -> device.handle().id()).toList(),
        program.partitions(),
        program.usesShardy(),
        openOutputs,
        source.platform());
  }
}
