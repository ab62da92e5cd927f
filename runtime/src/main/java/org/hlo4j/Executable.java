package org.hlo4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.call.Call;
import org.hlo4j.internal.call.LoadedExecutable;
import org.hlo4j.internal.compile.ExecutableImage;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.type.Element;

/**
 * A program, compiled for a device or for a group of devices. Its client owns it and shares it
 * among all who compile an equal program. Safe for use by many threads.
 */
public final class Executable implements AutoCloseable {
  private final Program program;
  private final DeviceGroup group;
  private final LoadedExecutable loaded;
  private final Runnable forget;

  /**
   * An executable.
   *
   * @param forget makes the client forget it
   */
  Executable(Program program, DeviceGroup group, LoadedExecutable loaded, Runnable forget) {
    this.program = program;
    this.group = group;
    this.loaded = loaded;
    this.forget = forget;
  }

  /** The same executable under the name of a program with an equal text. */
  Executable under(Program other) {
    return other.body().sameNameAs(program.body())
        ? this
        : new Executable(other, group, loaded.under(other.body()), forget);
  }

  LoadedExecutable loaded() {
    return loaded;
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
    return loaded.isClosed();
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
    return loaded.shardings().inputs().stream().map(Sharding::of).toList();
  }

  /** How each output is spread over the partitions. */
  public List<Sharding> outputShardings() {
    return loaded.shardings().outputs().stream().map(Sharding::of).toList();
  }

  /**
   * An input, by its place, which puts data onto the devices as the program takes it.
   *
   * @param <T> the tensor type, which the caller knows to be of the input's shape
   */
  public <T extends Element> ShardedInput<T> input(int index) {
    return new ShardedInput<>(
        group,
        program.inputs().get(index).shape(),
        Sharding.of(loaded.shardings().inputs().get(index)));
  }

  /**
   * What XLA has made of the program, on each device.
   *
   * @throws BufferStateException if this executable was closed
   * @throws PjrtException if the plugin does not tell
   */
  public ExecutableStatistics statistics() {
    return loaded.within(ExecutableStatistics::of);
  }

  /**
   * The compiled program as bytes, which {@link DeviceGroup#load} takes in another process: with
   * the same plugin, on a machine with the same processor features.
   *
   * @throws BufferStateException if this executable was closed
   * @throws PjrtException if the plugin cannot do that
   */
  public SerializedExecutable serialize() {
    String key = group.client().compilations().keyOf(program.body(), group.context());
    return new SerializedExecutable(
        new ExecutableImage(key, loaded.within(ExecutableHandle::serialize)));
  }

  /**
   * Runs the program on its one device and waits for its results.
   *
   * @throws ArgumentException if the arguments do not fit in number, shape, element type or device
   * @throws BufferStateException if an argument, or this executable, was closed or given away
   * @throws InsufficientMemoryException if the results would not fit into memory
   * @throws PjrtException if PJRT refuses the call, or the work fails
   */
  public List<DeviceBuffer<?>> execute(Tensor<?>... arguments) {
    Results results = start(arguments);
    return finish(results, results::buffer);
  }

  /**
   * Runs the program on its group of devices and waits for its results on all of them.
   *
   * @throws ArgumentException if the arguments do not fit in number, shape, element type, sharding
   *     or devices
   * @throws BufferStateException if a shard of an argument, or this executable, was closed or given
   *     away
   * @throws InsufficientMemoryException if the results would not fit into memory
   * @throws PjrtException if PJRT refuses the call, or the work fails
   */
  public List<ShardedBuffer<?>> executeSharded(Sharded<?>... arguments) {
    Results results = start(arguments);
    return finish(results, results::shardedBuffer);
  }

  private static <B> List<B> finish(Results results, IntFunction<B> output) {
    try {
      Void unused = results.complete().value();
      return outputs(results, output);
    } catch (HloException e) {
      results.close();
      throw e;
    }
  }

  private static <B> List<B> outputs(Results results, IntFunction<B> output) {
    List<B> outputs = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      outputs.add(output.apply(i));
    }
    return Collections.unmodifiableList(outputs);
  }

  /**
   * Starts the program on its one device and returns promises of its results at once. Throws what
   * {@link #execute} throws, but for failures of the work itself, which the promises report.
   */
  public List<BufferPromise<?>> executeAsync(Tensor<?>... arguments) {
    Results results = start(arguments);
    return outputs(results, results::promise);
  }

  /**
   * Starts the program on its group of devices and returns promises of its results at once. Throws
   * what {@link #executeSharded} throws, but for failures of the work itself, which the promises
   * report.
   */
  public List<ShardedPromise<?>> executeShardedAsync(Sharded<?>... arguments) {
    Results results = start(arguments);
    return outputs(results, results::shardedPromise);
  }

  /**
   * Starts the program, as {@link #executeAsync} and {@link #executeShardedAsync} do, with results
   * that the caller gives types.
   *
   * @param arguments {@link Tensor}s for a program on one device, or {@link Sharded}s
   */
  public Results start(DeviceArray<?>... arguments) {
    Call call = loaded.begin(arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      call.give(i, DeviceArray.argumentOf(arguments[i]));
    }
    return Results.created(loaded.start(call), group);
  }

  /**
   * Frees the executable, once calls that run have ended, and makes the client forget it: compiling
   * an equal program compiles anew. Everyone who shares it is affected, so this is for programs
   * that will not run again. Closing again does nothing.
   */
  @Override
  public void close() {
    forget.run();
    loaded.close();
  }

  /** The program and where it runs, such as {@code dense on cpu:0}. */
  @Override
  public String toString() {
    return "%s on %s".formatted(program, group.name());
  }
}
