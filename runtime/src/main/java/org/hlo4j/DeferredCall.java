package org.hlo4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.internal.call.CallSite;
import org.hlo4j.internal.thread.DaemonPool;
import org.jspecify.annotations.Nullable;

/**
 * A call that cannot be given to the device yet: its program is still being compiled, or an
 * argument is a result of such a call. It keeps its arguments, so that closing them, or giving them
 * to other calls, means what it means elsewhere.
 */
final class DeferredCall {
  private static final Executor STARTERS = DaemonPool.unbounded("hlo4j-starter");

  private final CompletableFuture<Executable> executable;
  private final DeviceGroup group;
  private final CallSite site;

  /** Those of one argument after the other, on each device. */
  private final List<Argument> arguments = new ArrayList<>();

  private boolean[] retained = {};
  private final DeviceBuffer<?>[] outputs;
  private final CompletableFuture<Void> complete = new CompletableFuture<>();

  private DeferredCall(
      CompletableFuture<Executable> executable,
      DeviceGroup group,
      DeviceBuffer<?>[] outputs,
      CallSite site) {
    this.executable = executable;
    this.group = group;
    this.outputs = outputs;
    this.site = site;
  }

  /**
   * An argument that waits.
   *
   * @param buffer the buffer to pass to a device, which may be deferred
   * @param isReserved whether it is the user's own, to be taken away; otherwise it is a holder of
   *     this call's
   */
  private record Argument(DeviceBuffer<?> buffer, boolean isReserved) {
    static Argument of(DeviceBuffer<?> given, boolean isTaken, CallSite site) {
      if (!isTaken) {
        return new Argument(given.share(), false);
      }
      given.reserve(site);
      return new Argument(given, true);
    }

    /** Frees what the call has left alone. */
    void end(CallSite site) {
      if (isReserved) {
        buffer.free(site);
      } else {
        buffer.close();
      }
    }
  }

  /**
   * Takes a call whose arguments were checked.
   *
   * @throws BufferStateException if an argument was closed or given away
   */
  static Results start(
      CompletableFuture<Executable> executable,
      Program program,
      OutputLayout layout,
      DeviceArray<?>[] arguments) {
    CallSite site = CallSite.here(program.name(), program.stubs());
    DeviceGroup group = layout.group();
    DeviceBuffer<?>[] outputs = new DeviceBuffer<?>[group.size() * layout.size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] =
          DeviceBuffer.deferred(
              layout.shardShape(i % layout.size()), group.device(i / layout.size()), site);
    }
    DeferredCall call = new DeferredCall(executable, group, outputs, site);
    call.take(program, arguments);
    call.waitForRoom();
    call.startWhenReady();
    return new Results(layout, outputs, call.complete, site);
  }

  private void take(Program program, DeviceArray<?>[] given) {
    retained = new boolean[given.length];
    for (int i = 0; i < given.length; i++) {
      ProgramInput input = program.inputs().get(i);
      retained[i] = given[i].isRetained();
      boolean isTaken = input.donated() && !retained[i];
      try {
        for (int place = 0; place < group.size(); place++) {
          arguments.add(Argument.of(given[i].shardAt(place), isTaken, site));
        }
      } catch (BufferStateException e) {
        end();
        throw new BufferStateException(
            "%s: argument %s: %s".formatted(program.name(), input.name(), e.getMessage()));
      }
    }
  }

  /** So that a loop cannot start calls without end while a program is being compiled. */
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

  /** Arguments are let go before anybody hears of the call: whoever donates one is then alone. */
  private void run(@Nullable Throwable thrown) {
    Throwable failure = thrown;
    Results results = null;
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

  private Results launch() {
    DeviceBuffer<?>[] buffers =
        arguments.stream().map(Argument::buffer).toArray(DeviceBuffer<?>[]::new);
    return executable.join().launch(buffers, retained, site);
  }

  private void resolve(Results results) {
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

  private static CompletableFuture<Void> completionOf(Results results) {
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
    for (DeviceBuffer<?> output : outputs) {
      output.deferral().fail(cause);
    }
    complete.completeExceptionally(cause);
  }
}
