package org.hlo4j.internal.call;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.hlo4j.error.ArgumentException;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.HloException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.internal.buffer.Argument;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.internal.call.Arguments.Readiness;
import org.hlo4j.internal.compile.CompiledShardings;
import org.hlo4j.internal.device.CallsInFlight;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.memory.MemoryPressure.Reservation;
import org.hlo4j.internal.pjrt.CallFrame;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.pjrt.MemoryUse;
import org.hlo4j.internal.program.StableHloProgram;
import org.hlo4j.internal.transfer.HostToDevice;
import org.jspecify.annotations.Nullable;

/** A program compiled for a group of devices. Safe for use by multiple threads. */
public final class LoadedExecutable {
  /** A power of two. */
  private static final int CALLS = 16;

  private final StableHloProgram program;
  private final GroupContext group;
  private final ExecutableHandle handle;
  private final CompiledShardings shardings;

  /** The memory that a call allocates on all devices, according to the compiler. */
  private final long neededBytes;

  /** Whether its devices wait for each other. */
  private final boolean meets;

  private final OutputLayout layout;
  private final Arguments arguments;
  private final CallSite unknownSite;

  /** Idle call states, each at the index of the threads that used it. */
  private final AtomicReferenceArray<@Nullable Call> idle = new AtomicReferenceArray<>(CALLS);

  /** Takes ownership of a handle. */
  public LoadedExecutable(StableHloProgram program, GroupContext group, ExecutableHandle handle) {
    this.program = program;
    this.group = group;
    this.handle = handle;
    this.shardings = CompiledShardings.of(program, group.device(0), handle);
    MemoryUse use = handle.memoryUse();
    this.neededBytes = group.size() * (use == null ? program.outputBytes() : use.allocated());
    this.meets =
        group.size() > 1 && within(compiled -> compiled.optimizedProgram().hasCollectives());
    this.layout = OutputLayout.of(program, group, shardings.outputs());
    this.arguments = new Arguments(program, group, shardings.inputs());
    this.unknownSite = CallSite.unknown(program.name());
  }

  private LoadedExecutable(StableHloProgram program, LoadedExecutable shared) {
    this.program = program;
    this.group = shared.group;
    this.handle = shared.handle;
    this.shardings = shared.shardings;
    this.neededBytes = shared.neededBytes;
    this.meets = shared.meets;
    this.layout = shared.layout;
    this.arguments = new Arguments(program, group, shardings.inputs());
    this.unknownSite = CallSite.unknown(program.name());
  }

  /** Returns the same executable under the name of a program with equal text. */
  public LoadedExecutable under(StableHloProgram other) {
    return new LoadedExecutable(other, this);
  }

  public CompiledShardings shardings() {
    return shardings;
  }

  /** Returns whether the native executable or its client was closed. */
  public boolean isClosed() {
    return handle.isClosed();
  }

  /** Closes the native executable once running calls have ended. */
  public void close() {
    handle.close();
  }

  /**
   * Applies a query to the native executable, which stays open meanwhile.
   *
   * @throws BufferStateException if it was closed
   */
  public <T> T within(Function<ExecutableHandle, T> question) {
    enter();
    try {
      return question.apply(handle);
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
   * Starts a call.
   *
   * @throws ArgumentException if the number, shape, element type, sharding or devices of arguments
   *     do not match
   * @throws HloException if an argument or the executable was closed, there is too little memory,
   *     or PJRT rejects the call
   */
  public CallOutputs start(Argument[] given) {
    arguments.checkCount(given.length);
    return startGiven(given);
  }

  private CallOutputs startGiven(Argument[] given) {
    return switch (arguments.check(given)) {
      case READY -> launch(given, null);
      case DEFERRED ->
          DeferredCall.start(CompletableFuture.completedFuture(this), program, layout, given);
      case VARIABLE -> RefCall.start(program, given, this::startGiven);
    };
  }

  /**
   * Starts a program that is being compiled: the call waits for that, the caller does not.
   *
   * @return empty if XLA chooses the sharding of an input or output, so that the shapes of the
   *     shards are still unknown
   * @throws ArgumentException if the number, shape, element type, sharding or devices of arguments
   *     do not match
   * @throws BufferStateException if an argument was closed or donated
   */
  public static Optional<CallOutputs> startDeferred(
      CompletableFuture<LoadedExecutable> compiling,
      StableHloProgram program,
      GroupContext group,
      Argument[] arguments) {
    Optional<OutputLayout> outputs = OutputLayout.declared(program, group);
    Optional<Arguments> inputs = Arguments.declared(program, group);
    if (outputs.isEmpty() || inputs.isEmpty()) {
      return Optional.empty();
    }
    inputs.get().checkCount(arguments.length);
    return Optional.of(startDeferred(compiling, program, outputs.get(), inputs.get(), arguments));
  }

  private static CallOutputs startDeferred(
      CompletableFuture<LoadedExecutable> compiling,
      StableHloProgram program,
      OutputLayout outputs,
      Arguments inputs,
      Argument[] given) {
    return inputs.check(given) == Readiness.VARIABLE
        ? RefCall.start(
            program, given, values -> startDeferred(compiling, program, outputs, inputs, values))
        : DeferredCall.start(compiling, program, outputs, given);
  }

  /**
   * Starts a call whose arguments were checked when it was deferred, and are materialized.
   *
   * @param buffers argument by argument, on each device
   */
  CallOutputs launch(BufferState[] buffers, boolean[] retained, CallSite site) {
    return launch(arguments.of(buffers, retained), site);
  }

  /**
   * Starts the program with checked and materialized arguments.
   *
   * @param site the call; null if it is the caller's
   */
  private CallOutputs launch(Argument[] values, @Nullable CallSite site) {
    Reservation reserved =
        group.device(0).reserve(program.name(), " for its results and temporaries", neededBytes);
    try {
      enter();
      try {
        return launchEntered(values, site);
      } finally {
        handle.release();
      }
    } finally {
      reserved.end();
    }
  }

  private CallOutputs launchEntered(Argument[] values, @Nullable CallSite site) {
    int slot = (int) Thread.currentThread().threadId() & (CALLS - 1);
    Call free = idle.getAndSet(slot, null);
    Call call = free == null ? newCall() : free;
    try {
      call.begin(values);
      if (site != null) {
        return start(call, site);
      }
      boolean noted = call.isNoted() || arguments.isDonating();
      return start(call, noted ? CallSite.here(program.name(), program.stubs()) : unknownSite);
    } finally {
      idle.setRelease(slot, call);
    }
  }

  private CallOutputs start(Call call, CallSite site) {
    CallsInFlight inFlight = group.callsInFlight();
    try {
      inFlight.begin(program.name());
    } catch (PromiseInterruptedException e) {
      call.forget();
      throw e;
    }
    CallOutputs results;
    try {
      results =
          group.size() == 1
              ? call.start(site)
              : group
                  .client()
                  .launches()
                  .pass(meets, () -> call.start(site), CallOutputs::launchEnd);
    } catch (RuntimeException | Error e) {
      inFlight.ended();
      throw e;
    }
    inFlight.started(results::completion);
    return results;
  }

  private Call newCall() {
    if (!program.platforms().isEmpty()) {
      handle.passFirst(() -> HostToDevice.platformIndex(program, group.device(0)));
    }
    CallFrame frame = handle.newFrame(group.size(), arguments.passed());
    return new Call(program, group, layout, frame);
  }
}
