package org.hlo4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.jfr.ExecuteEvent;
import org.hlo4j.internal.memory.MemoryPressure.Reservation;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.type.Element;

/**
 * A program, compiled for a group of devices. Its client owns it and shares it among all who
 * compile an equal program. Safe for use by many threads.
 */
public final class ShardedExecutable implements AutoCloseable {
  private final Program program;
  private final DeviceGroup group;
  private final ExecutableHandle handle;
  private final Runnable forget;
  private final ShardedSignature signature;
  private final MemoryCheck memoryCheck;

  /** Whether its devices wait for each other. */
  private final boolean meets;

  /**
   * Takes ownership of a handle.
   *
   * @param forget makes the client forget this executable
   */
  ShardedExecutable(Program program, DeviceGroup group, ExecutableHandle handle, Runnable forget) {
    this.program = program;
    this.group = group;
    this.handle = handle;
    this.forget = forget;
    this.signature = ShardedSignature.of(program, group.device(0), handle);
    this.memoryCheck = MemoryCheck.of(group.device(0), group.size(), program, handle.memoryUse());
    this.meets = within(() -> handle.optimizedProgram().hasCollectives());
  }

  private ShardedExecutable(Program program, ShardedExecutable shared) {
    this.program = program;
    this.group = shared.group;
    this.handle = shared.handle;
    this.forget = shared.forget;
    this.signature = shared.signature;
    this.memoryCheck = shared.memoryCheck;
    this.meets = shared.meets;
  }

  /** The same executable under the name of a program with an equal text. */
  ShardedExecutable under(Program other) {
    return other.sameNameAs(program) ? this : new ShardedExecutable(other, this);
  }

  /** The program that was compiled. */
  public Program program() {
    return program;
  }

  /** The devices that it runs on. */
  public DeviceGroup group() {
    return group;
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

  /** How each input is spread over the partitions. */
  public List<Sharding> inputShardings() {
    return signature.inputs();
  }

  /** How each output is spread over the partitions. */
  public List<Sharding> outputShardings() {
    return signature.outputs();
  }

  /**
   * An input, by its place, which puts data onto the devices as the program wants it.
   *
   * @param <T> the tensor type, which the caller knows to be of the input's shape
   */
  public <T extends Element> ShardedInput<T> input(int index) {
    return new ShardedInput<>(
        group, program.inputs().get(index).shape(), signature.inputs().get(index));
  }

  /**
   * What XLA has made of the program, on each device.
   *
   * @throws BufferStateException if this executable was closed
   * @throws PjrtException if the plugin does not tell
   */
  public ExecutableStatistics statistics() {
    return within(() -> ExecutableStatistics.of(handle));
  }

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
   * Runs the program and waits for its results on all devices.
   *
   * @throws ArgumentException if the arguments do not fit in number, shape, element type, sharding
   *     or devices
   * @throws BufferStateException if a shard of an argument, or this executable, was closed or given
   *     away
   * @throws InsufficientMemoryException if the results would not fit into memory
   * @throws PjrtException if PJRT refuses the call, or the work fails
   */
  public List<ShardedBuffer<?>> execute(Sharded<?>... arguments) {
    ShardedResults results = start(arguments);
    Void unused = results.complete().value();
    List<ShardedBuffer<?>> values = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      values.add(results.buffer(i));
    }
    return Collections.unmodifiableList(values);
  }

  /**
   * Starts the program and answers promises of its results at once. Throws what {@link #execute}
   * throws, but for failures of the work itself, which the promises report.
   */
  public List<ShardedPromise<?>> executeAsync(Sharded<?>... arguments) {
    ShardedResults results = start(arguments);
    List<ShardedPromise<?>> promises = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      promises.add(results.promise(i));
    }
    return Collections.unmodifiableList(promises);
  }

  /**
   * Starts the program, as {@link #executeAsync} does, with results that the caller gives types.
   */
  public ShardedResults start(Sharded<?>... arguments) {
    ShardedBuffer<?>[] buffers = check(arguments);
    Reservation reserved = memoryCheck.reserve(program.name());
    try {
      return TensorScope.add(launch(buffers));
    } finally {
      reserved.end();
    }
  }

  private ShardedResults launch(ShardedBuffer<?>[] buffers) {
    CallSite site = CallSite.here(program.name(), program.stubs());
    ShardedCall call = new ShardedCall(program, group, signature.outputs(), buffers, site);
    ExecuteEvent event = new ExecuteEvent();
    event.begin();
    ShardedResults results =
        within(() -> group.client().launches().pass(meets, () -> call.start(handle)));
    event.end();
    report(event);
    return results;
  }

  private void report(ExecuteEvent event) {
    if (event.shouldCommit()) {
      event.kernel = program.name();
      event.device = group.toString();
      event.argumentBytes = program.inputBytes();
      event.resultBytes = program.outputBytes();
      event.commit();
    }
  }

  private ShardedBuffer<?>[] check(Sharded<?>[] arguments) {
    List<ProgramInput> inputs = program.inputs();
    if (arguments.length != inputs.size()) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s takes %d arguments, not %d",
              program.name(),
              inputs.size(),
              arguments.length));
    }
    ShardedBuffer<?>[] buffers = new ShardedBuffer<?>[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      ProgramInput input = inputs.get(i);
      if (arguments[i] == null) {
        throw new ArgumentException(
            "%s: argument %s is null".formatted(program.name(), input.name()));
      }
      ShardedBuffer<?> buffer = arguments[i].buffer();
      if (!buffer.wholeShape().equals(input.shape())) {
        throw new ArgumentException(
            "%s: argument %s takes a %s, not a %s"
                .formatted(program.name(), input.name(), input.shape(), buffer.wholeShape()));
      }
      checkPlacement(input, signature.inputs().get(i), buffer);
      buffers[i] = buffer;
    }
    return buffers;
  }

  /** Together with what was checked when the shards were put together, this is about each shard. */
  private void checkPlacement(ProgramInput input, Sharding wanted, ShardedBuffer<?> buffer) {
    if (!buffer.deviceGroup().equals(group)) {
      String where =
          buffer.deviceGroup().client() == group.client()
              ? buffer.deviceGroup().toString()
              : "%s of another client".formatted(buffer.deviceGroup());
      throw new ArgumentException(
          "%s runs on %s, but argument %s is on %s"
              .formatted(program.name(), group, input.name(), where));
    }
    if (!buffer.spread().equals(wanted)) {
      throw new ArgumentException(
          String.format(
              Locale.ROOT,
              "%s: argument %s has to be %s over %d devices, and is %s over %d",
              program.name(),
              input.name(),
              wanted,
              wanted.devices(),
              buffer.spread(),
              buffer.spread().devices()));
    }
  }

  /**
   * Frees the executable, as {@link Executable#close} does. Everyone who shares it is affected.
   * Closing again does nothing.
   */
  @Override
  public void close() {
    forget.run();
    handle.close();
  }

  @Override
  public String toString() {
    return "%s on %s".formatted(program, group);
  }
}
