package org.hlo4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.pjrt.ExecutableHandle;

/**
 * A program, compiled for one device. Its client owns it and shares it among all who compile an
 * equal program. Safe for use by many threads.
 */
public final class Executable implements AutoCloseable {
  private final Program program;
  private final Device device;
  private final ExecutableHandle handle;
  private final Runnable forget;
  private final int[] donated;
  private final MemoryCheck memoryCheck;

  /**
   * Takes ownership of a handle.
   *
   * @param forget makes the client forget this executable
   */
  Executable(Program program, Device device, ExecutableHandle handle, Runnable forget) {
    this.program = program;
    this.device = device;
    this.handle = handle;
    this.forget = forget;
    this.donated = donatedIndices(program);
    this.memoryCheck = MemoryCheck.of(device, handle.memoryUse());
    CompiledSignature.check(program, handle);
  }

  static int[] donatedIndices(Program program) {
    List<ProgramInput> inputs = program.inputs();
    return IntStream.range(0, inputs.size()).filter(i -> inputs.get(i).donated()).toArray();
  }

  /** The same executable under the name of a program with an equal text. */
  Executable under(Program other) {
    return other.sameNameAs(program) ? this : new Executable(other, this);
  }

  private Executable(Program program, Executable shared) {
    this.program = program;
    this.device = shared.device;
    this.handle = shared.handle;
    this.forget = shared.forget;
    this.donated = shared.donated;
    this.memoryCheck = shared.memoryCheck;
  }

  /** The program that was compiled. */
  public Program program() {
    return program;
  }

  /** The device that it runs on. */
  public Device device() {
    return device;
  }

  /** Whether this executable was closed, by whoever shares it, or with its client. */
  public boolean isClosed() {
    return handle.isClosed();
  }

  /** The inputs, in order. */
  public List<ProgramInput> inputs() {
    return program.inputs();
  }

  /** The outputs, in order. */
  public List<ProgramOutput> outputs() {
    return program.outputs();
  }

  /**
   * What XLA has made of the program.
   *
   * @throws BufferStateException if this executable was closed
   * @throws PjrtException if the plugin does not tell
   */
  public ExecutableStatistics statistics() {
    return within(() -> ExecutableStatistics.of(handle));
  }

  /**
   * The compiled program as bytes, which {@link Device#load} takes in another process: with the
   * same plugin, on a machine with the same processor features.
   *
   * @throws BufferStateException if this executable was closed
   * @throws PjrtException if the plugin cannot do that
   */
  public SerializedExecutable serialize() {
    String key = device.client().compilations().keyOf(device, program);
    return new SerializedExecutable(key, within(handle::serialize));
  }

  /** Answers a question about the executable, which stays open meanwhile. */
  private <T> T within(Supplier<T> question) {
    if (!handle.tryAcquire()) {
      throw new BufferStateException("The executable of %s was closed".formatted(program.name()));
    }
    try {
      return question.get();
    } finally {
      handle.release();
    }
  }

  /**
   * Runs the program and waits for its results.
   *
   * @throws ArgumentException if the arguments do not fit in number, shape, element type or device
   * @throws BufferStateException if an argument, or this executable, was closed or given away
   * @throws InsufficientMemoryException if the results would not fit into memory
   * @throws PjrtException if PJRT refuses the call, or the work fails
   */
  public List<DeviceBuffer<?>> execute(Tensor<?>... arguments) {
    Results results = start(arguments);
    List<DeviceBuffer<?>> values = new ArrayList<>(results.size());
    results.complete().value();
    for (int i = 0; i < results.size(); i++) {
      values.add(results.buffer(i));
    }
    return Collections.unmodifiableList(values);
  }

  /**
   * Starts the program and answers promises of its results at once. Throws what {@link #execute}
   * throws, but for failures of the work itself, which the promises report.
   */
  public List<BufferPromise<?>> executeAsync(Tensor<?>... arguments) {
    Results results = start(arguments);
    List<BufferPromise<?>> promises = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      promises.add(results.promise(i));
    }
    return Collections.unmodifiableList(promises);
  }

  /**
   * Starts the program, as {@link #executeAsync} does, with results that the caller gives types.
   */
  public Results start(Tensor<?>... arguments) {
    DeviceBuffer<?>[] buffers = check(arguments);
    memoryCheck.beforeCall(program.name());
    Call call = new Call(program, device, buffers, CallSite.here(program.name(), program.stubs()));
    return within(() -> call.start(handle));
  }

  private DeviceBuffer<?>[] check(Tensor<?>[] arguments) {
    List<ProgramInput> inputs = program.inputs();
    if (arguments.length != inputs.size()) {
      throw new ArgumentException(
          "%s takes %d arguments, not %d"
              .formatted(program.name(), inputs.size(), arguments.length));
    }
    DeviceBuffer<?>[] buffers = new DeviceBuffer<?>[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      ProgramInput input = inputs.get(i);
      Tensor<?> argument = arguments[i];
      if (argument == null) {
        throw new ArgumentException(
            "%s: argument %s is null".formatted(program.name(), input.name()));
      }
      DeviceBuffer<?> buffer = argument.buffer();
      if (!buffer.bufferShape().equals(input.shape())) {
        throw new ArgumentException(
            "%s: argument %s takes a %s, not a %s"
                .formatted(program.name(), input.name(), input.shape(), buffer.bufferShape()));
      }
      if (buffer.bufferDevice() != device) {
        throw new ArgumentException(wrongDevice(input, buffer.bufferDevice()));
      }
      buffers[i] = buffer;
    }
    for (int index : donated) {
      checkGivenOnce(buffers, index);
    }
    return buffers;
  }

  private void checkGivenOnce(DeviceBuffer<?>[] buffers, int donatedIndex) {
    for (int i = 0; i < buffers.length; i++) {
      if (i != donatedIndex && buffers[i] == buffers[donatedIndex]) {
        throw new ArgumentException(
            "%s: argument %s is donated, and the same buffer is argument %s as well"
                .formatted(
                    program.name(),
                    program.inputs().get(donatedIndex).name(),
                    program.inputs().get(i).name()));
      }
    }
  }

  private String wrongDevice(ProgramInput input, Device other) {
    String where =
        other.client() == device.client()
            ? "on " + other
            : "on %s of another client".formatted(other);
    return "%s runs on %s, but argument %s is %s"
        .formatted(program.name(), device, input.name(), where);
  }

  /**
   * Frees the executable, once calls that run have ended, and makes the client forget it: compiling
   * an equal program compiles anew. Everyone who shares it is affected, so this is for programs
   * that will not run again. Closing again does nothing.
   */
  @Override
  public void close() {
    forget.run();
    handle.close();
  }

  @Override
  public String toString() {
    return "%s on %s".formatted(program, device);
  }
}
