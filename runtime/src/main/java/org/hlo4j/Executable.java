package org.hlo4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.internal.call.CallSite;
import org.hlo4j.internal.call.CallsInFlight;
import org.hlo4j.internal.memory.MemoryPressure.Reservation;
import org.hlo4j.internal.pjrt.CallFrame;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * A program, compiled for a device or for a group of devices. Its client owns it and shares it
 * among all who compile an equal program. Safe for use by many threads.
 */
public final class Executable implements AutoCloseable {
  /** A power of two. */
  private static final int CALLS = 16;

  private final Program program;
  private final DeviceGroup group;
  private final ExecutableHandle handle;
  private final Runnable forget;
  private final CompiledShardings signature;
  private final MemoryCheck memoryCheck;

  /** Whether its devices wait for each other. */
  private final boolean meets;

  private final OutputLayout layout;
  private final Arguments arguments;
  private final CallSite unknownSite;

  /** Calls that no thread is in, each in the place of the threads that used it. */
  private final AtomicReferenceArray<@Nullable Call> idle = new AtomicReferenceArray<>(CALLS);

  /**
   * Takes ownership of a handle.
   *
   * @param forget makes the client forget this executable
   */
  Executable(Program program, DeviceGroup group, ExecutableHandle handle, Runnable forget) {
    this.program = program;
    this.group = group;
    this.handle = handle;
    this.forget = forget;
    this.signature = CompiledShardings.of(program, group.device(0), handle);
    this.memoryCheck = MemoryCheck.of(group, program, handle.memoryUse());
    this.meets = group.size() > 1 && within(() -> handle.optimizedProgram().hasCollectives());
    this.layout = OutputLayout.of(program, group, signature.outputs());
    this.arguments = new Arguments(program, group, signature.inputs());
    this.unknownSite = CallSite.unknown(program.name());
  }

  private Executable(Program program, Executable shared) {
    this.program = program;
    this.group = shared.group;
    this.handle = shared.handle;
    this.forget = shared.forget;
    this.signature = shared.signature;
    this.memoryCheck = shared.memoryCheck;
    this.meets = shared.meets;
    this.layout = shared.layout;
    this.arguments = new Arguments(program, group, signature.inputs());
    this.unknownSite = CallSite.unknown(program.name());
  }

  /** The same executable under the name of a program with an equal text. */
  Executable under(Program other) {
    return other.sameNameAs(program) ? this : new Executable(other, this);
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
   * An input, by its place, which puts data onto the devices as the program takes it.
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

  /**
   * The compiled program as bytes, which {@link DeviceGroup#load} takes in another process: with
   * the same plugin, on a machine with the same processor features.
   *
   * @throws BufferStateException if this executable was closed
   * @throws PjrtException if the plugin cannot do that
   */
  public SerializedExecutable serialize() {
    String key = group.client().compilations().keyOf(group, program);
    return new SerializedExecutable(key, within(handle::serialize));
  }

  /** Returns what a question about the executable gives, which stays open meanwhile. */
  private <T> T within(Supplier<T> question) {
    enter();
    try {
      return question.get();
    } finally {
      handle.release();
    }
  }

  private void enter() {
    if (!handle.tryRetain()) {
      throw new BufferStateException("The executable of %s was closed".formatted(program.name()));
    }
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
    return TensorScope.add(
        RefCall.isOne(arguments)
            ? RefCall.start(program, arguments, this::startValues)
            : startValues(arguments));
  }

  /** With no {@link Ref} among the arguments. */
  private Results startValues(DeviceArray<?>[] arguments) {
    this.arguments.check(arguments);
    return isDeferred(arguments)
        ? DeferredCall.start(CompletableFuture.completedFuture(this), program, layout, arguments)
        : launch(arguments);
  }

  private boolean isDeferred(DeviceArray<?>[] arguments) {
    int devices = group.size();
    for (DeviceArray<?> argument : arguments) {
      for (int place = 0; place < devices; place++) {
        if (argument.shardAt(place).isDeferred()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Starts the program with arguments that were checked and are there. */
  private Results launch(DeviceArray<?>[] arguments) {
    Reservation reserved = memoryCheck.reserve(program.name());
    try {
      enter();
      try {
        return launchEntered(arguments);
      } finally {
        handle.release();
      }
    } finally {
      reserved.end();
    }
  }

  private Results launchEntered(DeviceArray<?>[] arguments) {
    int slot = (int) Thread.currentThread().threadId() & (CALLS - 1);
    Call call = take(slot);
    int devices = group.size();
    try {
      for (int i = 0; i < arguments.length; i++) {
        DeviceArray<?> argument = arguments[i];
        call.retain(i, argument.isRetained());
        for (int place = 0; place < devices; place++) {
          call.argument(place, i, argument.shardAt(place));
        }
      }
      boolean noted = CallSite.isNoted(call.begin()) || this.arguments.isDonating();
      return start(call, noted ? CallSite.here(program.name(), program.stubs()) : unknownSite);
    } finally {
      idle.set(slot, call);
    }
  }

  /**
   * Starts the program with arguments that were checked before.
   *
   * @param buffers of one argument after the other, on each device
   */
  Results launch(DeviceBuffer<?>[] buffers, boolean[] retained, CallSite site) {
    Reservation reserved = memoryCheck.reserve(program.name());
    try {
      enter();
      try {
        Call call = newCall();
        for (int i = 0; i < retained.length; i++) {
          call.retain(i, retained[i]);
          for (int place = 0; place < group.size(); place++) {
            call.argument(place, i, buffers[i * group.size() + place]);
          }
        }
        return start(call, site);
      } finally {
        handle.release();
      }
    } finally {
      reserved.end();
    }
  }

  private Results start(Call call, CallSite site) {
    CallsInFlight inFlight = group.callsInFlight();
    try {
      inFlight.begin(program.name());
    } catch (PromiseInterruptedException e) {
      call.forget();
      throw e;
    }
    Results results;
    try {
      results =
          group.size() == 1
              ? call.start(site)
              : group.client().launches().pass(meets, () -> call.start(site), Results::launchEnd);
    } catch (RuntimeException | Error e) {
      inFlight.ended();
      throw e;
    }
    inFlight.started(results::completion);
    return results;
  }

  private Call newCall() {
    if (!program.platforms().isEmpty()) {
      handle.passFirst(() -> PlatformInput.of(program, group.device(0)));
    }
    CallFrame frame = handle.newFrame(group.size(), arguments.passed());
    return new Call(program, group, layout, frame);
  }

  private Call take(int slot) {
    Call free = idle.getAndSet(slot, null);
    return free != null ? free : newCall();
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

  /** The program and where it runs, such as {@code dense on cpu:0}. */
  @Override
  public String toString() {
    return "%s on %s".formatted(program, group.name());
  }
}
