package org.hlo4j.internal.compile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.pjrt.proto.CompileOptions;
import org.hlo4j.internal.program.StableHloProgram;

/**
 * The executables of a client: each program is compiled once for each group of devices. Safe for
 * use by multiple threads.
 *
 * @param <E> the executable, which owns a native one
 */
public final class Compilations<E> {
  /** The key of an executable. */
  private record Key(StableHloProgram program, GroupContext group) {}

  private final ExecutableSource source;
  private final ExecutableMemo<Key, E> executables = new ExecutableMemo<>();

  public Compilations(ExecutableSource source) {
    this.source = source;
  }

  /**
   * Compiles a program, or finds the executable of an equal one.
   *
   * @param owner takes ownership of a native executable, with an action that removes it from here
   * @return a future that fails with {@link CompilationException} if the program is rejected
   * @throws ArgumentException if the program runs on another number of devices
   */
  public CompletableFuture<E> compile(
      StableHloProgram program,
      GroupContext group,
      BiFunction<ExecutableHandle, Runnable, E> owner) {
    checkCount(group, program);
    return executables.get(
        new Key(program, group),
        forget ->
            source.get(
                program,
                options(group, program),
                group.name(),
                handle -> owner.apply(handle, forget)));
  }

  private static void checkCount(GroupContext group, StableHloProgram program) {
    if (program.counts().devices() == group.size()) {
      return;
    }
    throw new ArgumentException(
        group.size() == 1
            ? "%s runs as %s; compile it for a DeviceGroup"
                .formatted(program.name(), program.counts())
            : String.format(
                Locale.ROOT,
                "%s runs on %d devices (%s), but %s has %d",
                program.name(),
                program.counts().devices(),
                program.counts(),
                group,
                group.size()));
  }

  /**
   * Loads an executable, unless an equal program's exists or is being compiled. Later compilations
   * of equal programs share it.
   *
   * @param owner takes ownership of a native executable, with an action that removes it from here
   * @throws ArgumentException if it is for another program, plugin, machine or group
   */
  public CompletableFuture<E> load(
      StableHloProgram program,
      GroupContext group,
      ExecutableImage image,
      BiFunction<ExecutableHandle, Runnable, E> owner) {
    checkCount(group, program);
    Key key = new Key(program, group);
    CompletableFuture<E> known = executables.known(key);
    return known != null
        ? known
        : CompletableFuture.completedFuture(
            executables.add(
                key,
                forget ->
                    source.load(
                        program,
                        options(group, program),
                        image,
                        handle -> owner.apply(handle, forget))));
  }

  /** Returns the cache key of a program on a group. */
  public String keyOf(StableHloProgram program, GroupContext group) {
    return source.keyOf(program, options(group, program));
  }

  private byte[] options(GroupContext group, StableHloProgram program) {
    List<Boolean> openOutputs =
        program.shardings().outputs().stream().map(Optional::isEmpty).toList();
    return CompileOptions.forDevices(
        group.devices().stream().map(device -> device.handle().id()).toList(),
        program.counts().partitions(),
        program.shardings().shardy(),
        openOutputs,
        source.platform());
  }
}
