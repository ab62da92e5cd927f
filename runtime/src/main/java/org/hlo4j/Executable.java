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
import org.hlo4j.internal.call.LoadedExecutable;
import org.hlo4j.internal.compile.ExecutableImage;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.type.Element;

/**
 * A program compiled for a device or a group of devices. The client owns the executable and returns
 * it for every equal program. Safe for use by multiple threads.
 */
public final class Executable implements AutoCloseable {
  private final Program program;
  private final DeviceGroup group;
  private final LoadedExecutable loaded;
  private final Runnable forget;

  /**
   * Creates an executable.
   *
   * @param forget removes the executable from the client
   */
  Executable(Program program, DeviceGroup group, LoadedExecutable loaded, Runnable forget) {
    this.program = program;
    this.group = group;
    this.loaded = loaded;
    this.forget = forget;
  }

  /** Returns the same executable under the name of a program with equal text. */
  Executable under(Program other) {
    return other.body().sameNameAs(program.body())
        ? this
        : new Executable(other, group, loaded.under(other.body()), forget);
  }

  LoadedExecutable loaded() {
    return loaded;
  }

  /** Returns the program that was compiled. */
  public Program program() {
    return program;
  }

  /** Returns the devices that it runs on. */
  public DeviceGroup group() {
    return group;
  }

  /** Returns whether this executable or its client was closed. */
  public boolean isClosed() {
    return loaded.isClosed();
  }

  /** Returns the inputs, in order. */
  public List<ProgramInput> inputs() {
    return program.inputs();
  }

  /** Returns the outputs, in order. */
  public List<ProgramOutput> outputs() {
    return program.outputs();
  }

  /** Returns the sharding of each input over the partitions. */
  public List<Sharding> inputShardings() {
    return loaded.shardings().inputs().stream().map(Sharding::of).toList();
  }

  /** Returns the sharding of each output over the partitions. */
  public List<Sharding> outputShardings() {
    return loaded.shardings().outputs().stream().map(Sharding::of).toList();
  }

  /**
   * Returns an input by its index; it shards data as the program expects it.
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
   * Returns statistics of the compiled program, per device.
   *
   * @throws BufferStateException if this executable was closed
   * @throws PjrtException if the plugin does not implement the query
   */
  public ExecutableStatistics statistics() {
    return loaded.within(ExecutableStatistics::of);
  }

  /**
   * Serializes the compiled program. {@link DeviceGroup#load} loads it in another process, with the
   * same plugin, on a machine with the same processor features.
   *
   * @throws BufferStateException if this executable was closed
   * @throws PjrtException if the plugin cannot serialize executables
   */
  public SerializedExecutable serialize() {
    String key = group.client().compilations().keyOf(program.body(), group.context());
    return new SerializedExecutable(
        new ExecutableImage(key, loaded.within(ExecutableHandle::serialize)));
  }

  /**
   * Runs the program on its one device and waits for its results.
   *
   * @throws ArgumentException if the number, shape, element type or device of arguments does not
   *     match
   * @throws BufferStateException if an argument, or this executable, was closed or donated
   * @throws InsufficientMemoryException if the results would not fit into memory
   * @throws PjrtException if PJRT rejects the call, or the execution fails
   */
  public List<DeviceBuffer<?>> execute(Tensor<?>... arguments) {
    Results results = start(arguments);
    return finish(results, results::buffer);
  }

  /**
   * Runs the program on its group of devices and waits for its results on all of them.
   *
   * @throws ArgumentException if the number, shape, element type, sharding or devices of arguments
   *     do not match
   * @throws BufferStateException if a shard of an argument, or this executable, was closed or
   *     donated
   * @throws InsufficientMemoryException if the results would not fit into memory
   * @throws PjrtException if PJRT rejects the call, or the execution fails
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
   * Starts the program on its one device and returns promises of its results. Throws what {@link
   * #execute} throws, except that the promises report failures of the execution.
   */
  public List<BufferPromise<?>> executeAsync(Tensor<?>... arguments) {
    Results results = start(arguments);
    return outputs(results, results::promise);
  }

  /**
   * Starts the program on its group of devices and returns promises of its results. Throws what
   * {@link #executeSharded} throws, except that the promises report failures of the execution.
   */
  public List<ShardedPromise<?>> executeShardedAsync(Sharded<?>... arguments) {
    Results results = start(arguments);
    return outputs(results, results::shardedPromise);
  }

  /**
   * Starts the program, like {@link #executeAsync} and {@link #executeShardedAsync}. The caller
   * assigns tensor types to the results.
   *
   * @param arguments {@link Tensor}s for a program on one device, {@link Sharded}s for several
   */
  public Results start(DeviceArray<?>... arguments) {
    return Results.created(loaded.start(DeviceArray.argumentsOf(arguments)), group);
  }

  /**
   * Frees the executable once running calls have completed, and removes it from the client, which
   * then recompiles an equal program. This affects every user of the executable, so close only
   * programs that will not run again. Idempotent.
   */
  @Override
  public void close() {
    forget.run();
    loaded.close();
  }

  /** Returns the program and its devices, such as {@code dense on cpu:0}. */
  @Override
  public String toString() {
    return "%s on %s".formatted(program, group.name());
  }
}
