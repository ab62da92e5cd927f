package org.hlo4j;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.compile.ExecutableMemo;
import org.hlo4j.internal.pjrt.proto.CompileOptions;

/** The executables of a client: each program is compiled once for each group of devices. */
final class Compilations {
  /** What an executable is found by. */
  private record Key(Program program, DeviceGroup group) {}

  private final ExecutableSource source;
  private final ExecutableMemo<Key, Executable> executables = new ExecutableMemo<>();

  Compilations(ExecutableSource source) {
    this.source = source;
  }

  /**
   * Compiles a program, or finds the executable of an equal one.
   *
   * @throws ArgumentException if the program runs on another number of devices
   */
  FuturePromise<Executable> compile(DeviceGroup group, Program program) {
    checkCount(group, program);
    return promise(
        program,
        executables.get(
            new Key(program, group),
            forget ->
                source.get(
                    program,
                    options(group, program),
                    group.name(),
                    handle -> new Executable(program, group, handle, forget))));
  }

  private static void checkCount(DeviceGroup group, Program program) {
    if (program.counts().devices() == group.size()) {
      return;
    }
    throw new ArgumentException(
        group.size() == 1
            ? "%s runs as %s; compile it for a DeviceGroup"
                .formatted(program.name(), program.counts())
            : String.format(
                Locale.ROOT,
                "%s runs on %d devices (%s), and %s has %d",
                program.name(),
                program.counts().devices(),
                program.counts(),
                group,
                group.size()));
  }

  private static FuturePromise<Executable> promise(
      Program program, CompletableFuture<Executable> future) {
    return new FuturePromise<>(
        future, () -> future.join().under(program), () -> "compiling " + program.name());
  }

  /**
   * Loads an executable; it is shared among all who compile an equal program from now on.
   *
   * @throws ArgumentException if it is of another program, plugin, machine or group
   */
  Executable load(DeviceGroup group, Program program, SerializedExecutable serialized) {
    checkCount(group, program);
    Key key = new Key(program, group);
    CompletableFuture<Executable> known = executables.known(key);
    if (known != null) {
      return promise(program, known).value();
    }
    return executables.add(
        key,
        forget ->
            source.load(
                program,
                options(group, program),
                serialized,
                handle -> new Executable(program, group, handle, forget)));
  }

  /** What tells an executable of a program on a group from others. */
  String keyOf(DeviceGroup group, Program program) {
    return source.keyOf(program, options(group, program));
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
