package org.hlo4j;

import java.util.concurrent.CompletableFuture;
import org.hlo4j.CompiledOnce.Maker;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.internal.pjrt.CompileOptions;

/** The executables of a client that run on one device: each program is compiled once a device. */
final class Compilations {
  /** What an executable is found by. */
  private record Key(Program program, Device device) {}

  private final ExecutableSource source;
  private final CompiledOnce<Key, Executable> executables = new CompiledOnce<>();

  Compilations(ExecutableSource source) {
    this.source = source;
  }

  FuturePromise<Executable> compile(Device device, Program program) {
    if (program.counts().devices() > 1) {
      throw new ArgumentException(
          "%s runs as %s; compile it for a DeviceGroup"
              .formatted(program.name(), program.counts()));
    }
    return promise(program, executables.get(new Key(program, device), maker(device, program)));
  }

  private Maker<Executable> maker(Device device, Program program) {
    return forget ->
        source.get(
            program,
            options(device),
            device.toString(),
            handle -> new Executable(program, device, handle, forget));
  }

  private static FuturePromise<Executable> promise(
      Program program, CompletableFuture<Executable> future) {
    return new FuturePromise<>(
        future, () -> future.join().under(program), () -> "compiling " + program.name());
  }

  /** Loads an executable; it is shared among all who compile an equal program from now on. */
  Executable load(Device device, Program program, SerializedExecutable serialized) {
    Key key = new Key(program, device);
    CompletableFuture<Executable> known = executables.known(key);
    if (known != null) {
      return promise(program, known).value();
    }
    return executables.add(
        key,
        forget ->
            source.load(
                program,
                options(device),
                serialized,
                handle -> new Executable(program, device, handle, forget)));
  }

  /** What tells an executable of a program on a device from others. */
  String keyOf(Device device, Program program) {
    return source.keyOf(program, options(device));
  }

  private byte[] options(Device device) {
    return CompileOptions.forDevice(device.handle(), source.platform());
  }
}
