package org.hlo4j.internal.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.internal.buffer.Argument;
import org.hlo4j.internal.buffer.BufferState;
import org.hlo4j.internal.buffer.CallSite;
import org.hlo4j.internal.device.GroupContext;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.program.StableHloProgram;
import org.hlo4j.internal.thread.DaemonPool;
import org.jspecify.annotations.Nullable;

/**
 * A call that cannot be launched yet: its program is being compiled, or an argument is a result of
 * such a call. It acquires holds on its arguments, so that they can be closed and donated as usual.
 */
final class DeferredCall {
  private static final Executor STARTERS = DaemonPool.unbounded("hlo4j-starter");

  private final CompletableFuture<LoadedExecutable> executable;
  private final GroupContext group;
  private final CallSite site;

  /** The arguments, each with all devices in a row. */
  private final List<Waiting> arguments = new ArrayList<>();

  private boolean[] retained = {};
  private final BufferState[] outputs;
  private final CompletableFuture<Void> complete = new CompletableFuture<>();

  private DeferredCall(
      CompletableFuture<LoadedExecutable> executable,
      GroupContext group,
      BufferState[] outputs,
      CallSite site) {
    this.executable = executable;
    this.group = group;
    this.outputs = outputs;
    this.site = site;
  }

  /**
   * A pending argument.
   *
   * @param buffer the buffer to pass to a device, which may be deferred
   * @param isReserved whether it is the user's buffer, reserved for donation, rather than a holder
   *     of this call
   */
  private record Waiting(BufferState buffer, boolean isReserved) {
    static Waiting of(BufferState given, boolean isTaken, CallSite site) {
      if (!isTaken) {
        return new Waiting(given.share(), false);
      }
      given.reserve(site);
      return new Waiting(given, true);
    }

    /** Releases the arguments that the call did not consume. */
    void end(CallSite site) {
      if (isReserved) {
        buffer.free(site);
      } else {
        buffer.close();
      }
    }
  }

  /**
   * Accepts a call whose arguments were checked.
   *
   * @throws BufferStateException if an argument was closed or donated
   */
  static CallOutputs start(
      CompletableFuture<LoadedExecutable> executable,
      StableHloProgram program,
      OutputLayout layout,
      Argument[] arguments) {
    CallSite site = CallSite.here(program.name(), program.stubs());
    GroupContext group = layout.group();
    BufferState[] outputs = new BufferState[group.size() * layout.size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] =
          BufferState.deferred(
              layout.shardShape(i % layout.size()), group.device(i / layout.size()), site);
    }
    DeferredCall call = new DeferredCall(executable, group, outputs, site);
    call.take(program, arguments);
    call.waitForRoom();
    call.startWhenReady();
    return new CallOutputs(layout, outputs, call.complete, site);
  }

  private void take(StableHloProgram program, Argument[] given) {
    retained = new boolean[given.length];
    for (int i = 0; i < given.length; i++) {
      EntryPoint.Input input = program.inputs().get(i);
      retained[i] = given[i].isRetained();
      boolean isTaken = input.donated() && !retained[i];
      try {
        for (int place = 0; place < group.size(); place++) {
          arguments.add(Waiting.of(given[i].value().shardAt(place), isTaken, site));
        }
      } catch (BufferStateException e) {
        end();
        throw new BufferStateException(
            "%s: argument %s: %s".formatted(program.name(), input.name(), e.getMessage()));
      }
    }
  }

  /** Keeps a loop from starting unlimited calls while a program is being compiled. */
  private void waitForRoom() {
    try {
      group.deferredCalls().acquire();
    } catch (InterruptedException e) {
      end();
      Thread.currentThread().interrupt();
      throw new PromiseInterruptedException("Interrupted while waiting to start " + site);
    }
  }

  private void end() {
    arguments.forEach(argument -> argument.end(site));
  }

  private void startWhenReady() {
    List<CompletableFuture<?>> awaited = new ArrayList<>();
    awaited.add(executable);
    arguments.forEach(argument -> awaited.add(argument.buffer().whenMaterialized()));
    var unused =
        CompletableFuture.allOf(awaited.toArray(CompletableFuture<?>[]::new))
            .whenCompleteAsync((nothing, thrown) -> run(thrown), STARTERS);
  }

  /**
   * Releases arguments before completing the call, so that a donating call finds a single holder.
   */
  private void run(@Nullable Throwable thrown) {
    Throwable failure = thrown;
    CallOutputs results = null;
    try {
      results = failure == null ? launch() : null;
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    end();
    group.deferredCalls().release();
    if (results != null) {
      resolve(results);
    } else if (failure != null) {
      fail(failure);
    }
  }

  private CallOutputs launch() {
    BufferState[] buffers = arguments.stream().map(Waiting::buffer).toArray(BufferState[]::new);
    return executable.join().launch(buffers, retained, site);
  }

  private void resolve(CallOutputs results) {
    var unused =
        completionOf(results)
            .whenComplete(
                (nothing, thrown) -> {
                  if (thrown == null) {
                    complete.complete(null);
                  } else {
                    complete.completeExceptionally(thrown);
                  }
                });
    for (int i = 0; i < outputs.length; i++) {
      outputs[i].deferral().materialize(results.buffers()[i]);
    }
  }

  private static CompletableFuture<Void> completionOf(CallOutputs results) {
    try {
      return results.completion();
    } catch (PjrtException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void fail(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    for (BufferState output : outputs) {
      output.deferral().fail(cause);
    }
    complete.completeExceptionally(cause);
  }
}
