package org.hlo4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.error.InsufficientMemoryException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.internal.memory.MemoryPressure.Reservation;
import org.hlo4j.internal.pjrt.CallFrame;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.jspecify.annotations.Nullable;

/**
 * A program, compiled for one device. Its client owns it and shares it among all who compile an
 * equal program. Safe for use by many threads.
 */
public final class Executable implements AutoCloseable {
  /** A power of two. */
  private static final int CALLS = 16;

  private final Program program;
  private final Device device;
  private final ExecutableHandle handle;
  private final Runnable forget;
  private final MemoryCheck memoryCheck;
  private final Arguments arguments;
  private final CallSite unknownSite;

  /** Calls that no thread is in, each in the place of the threads that used it. */
  private final AtomicReferenceArray<@Nullable Call> idle = new AtomicReferenceArray<>(CALLS);

  /**
   * Takes ownership of a handle.
   *
   * @param forget makes the client forget this executable
   */
  Executable(Program program, Device device, ExecutableHandle handle, Runnable forget) {
    this(program, device, handle, forget, MemoryCheck.of(device, 1, program, handle.memoryUse()));
    CompiledSignature.check(program, device, handle);
  }

  private Executable(
      Program program,
      Device device,
      ExecutableHandle handle,
      Runnable forget,
      MemoryCheck memoryCheck) {
    this.program = program;
    this.device = device;
    this.handle = handle;
    this.forget = forget;
    this.memoryCheck = memoryCheck;
    this.arguments = new Arguments(program, device);
    this.unknownSite = CallSite.unknown(program.name());
  }

  /** The same executable under the name of a program with an equal text. */
  Executable under(Program other) {
    return other.sameNameAs(program)
        ? this
        : new Executable(other, device, handle, forget, memoryCheck);
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
    enter();
    try {
      return question.get();
    } finally {
      handle.release();
    }
  }

  private void enter() {
    if (!handle.tryAcquire()) {
      throw new BufferStateException("The executable of %s was closed".formatted(program.name()));
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
    try {
      results.complete().value();
      for (int i = 0; i < results.size(); i++) {
        values.add(results.buffer(i));
      }
    } catch (HloException e) {
      results.close();
      throw e;
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
    return TensorScope.add(
        RefCall.isOne(arguments)
            ? RefCall.start(program, arguments, this::startValues)
            : startValues(arguments));
  }

  /** With no {@link Ref} among the arguments. */
  private Results startValues(Tensor<?>[] arguments) {
    this.arguments.check(arguments);
    return areThere(arguments)
        ? launch(arguments)
        : DeferredCall.start(CompletableFuture.completedFuture(this), program, device, arguments);
  }

  private static boolean areThere(Tensor<?>[] arguments) {
    for (Tensor<?> argument : arguments) {
      if (argument.buffer().isDeferred()) {
        return false;
      }
    }
    return true;
  }

  /** Starts the program with arguments that were checked and are there. */
  private Results launch(Tensor<?>[] arguments) {
    Reservation reserved = memoryCheck.reserve(program.name());
    try {
      return launchWithMemory(arguments);
    } finally {
      reserved.end();
    }
  }

  private Results launchWithMemory(Tensor<?>[] arguments) {
    enter();
    try {
      int slot = (int) Thread.currentThread().threadId() & (CALLS - 1);
      Call call = take(slot);
      try {
        for (int i = 0; i < arguments.length; i++) {
          call.argument(i, arguments[i].buffer(), arguments[i] instanceof RetainedTensor);
        }
        boolean noted = CallSite.isNoted(call.begin()) || this.arguments.isDonating();
        return start(call, noted ? CallSite.here(program.name(), program.stubs()) : unknownSite);
      } finally {
        idle.set(slot, call);
      }
    } finally {
      handle.release();
    }
  }

  /** Starts the program with arguments that were checked before. */
  Results launch(DeviceBuffer<?>[] buffers, boolean[] retained, CallSite site) {
    Reservation reserved = memoryCheck.reserve(program.name());
    try {
      return launchWithMemory(buffers, retained, site);
    } finally {
      reserved.end();
    }
  }

  private Results launchWithMemory(DeviceBuffer<?>[] buffers, boolean[] retained, CallSite site) {
    enter();
    try {
      Call call = new Call(program, device, newFrame());
      for (int i = 0; i < buffers.length; i++) {
        call.argument(i, buffers[i], retained[i]);
      }
      return start(call, site);
    } finally {
      handle.release();
    }
  }

  private Results start(Call call, CallSite site) {
    CallsInFlight inFlight = device.callsInFlight();
    try {
      inFlight.begin(program.name());
    } catch (PromiseInterruptedException e) {
      call.forget();
      throw e;
    }
    Results results;
    try {
      results = call.start(site);
    } catch (RuntimeException | Error e) {
      inFlight.failed();
      throw e;
    }
    inFlight.started(results);
    return results;
  }

  private CallFrame newFrame() {
    if (!program.platforms().isEmpty()) {
      handle.passFirst(() -> PlatformInput.of(program, device));
    }
    return handle.newFrame(arguments.passed());
  }

  private Call take(int slot) {
    Call free = idle.getAndSet(slot, null);
    return free != null ? free : new Call(program, device, newFrame());
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
