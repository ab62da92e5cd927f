package org.hlo4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.PromiseInterruptedException;
import org.hlo4j.internal.thread.DaemonPool;
import org.hlo4j.type.Element;
import org.jspecify.annotations.Nullable;

/**
 * A call that cannot be given to the device yet: its program is still being compiled, or an
 * argument is a result of such a call. It keeps its arguments, so that closing them, or giving them
 * to other calls, means what it means elsewhere.
 */
final class DeferredCall {
  private static final Executor STARTERS = DaemonPool.unbounded("hlo4j-starter");

  private final CompletableFuture<Executable> executable;
  private final Semaphore deferredCalls;
  private final CallSite site;
  private final List<Argument> arguments = new ArrayList<>();
  private final List<PendingBuffer<?>> outputs = new ArrayList<>();
  private final CompletableFuture<Void> complete = new CompletableFuture<>();

  private DeferredCall(
      CompletableFuture<Executable> executable, Semaphore deferredCalls, CallSite site) {
    this.executable = executable;
    this.deferredCalls = deferredCalls;
    this.site = site;
  }

  /**
   * An argument that waits.
   *
   * @param tensor what the user has given
   * @param buffer the buffer to pass, when it is there
   * @param isReserved whether that is the user's own, to be taken away; otherwise it is a holder of
   *     this call's
   */
  private record Argument(
      Tensor<?> tensor, CompletableFuture<? extends DeviceBuffer<?>> buffer, boolean isReserved) {
    static Argument of(Tensor<?> given, boolean donated, CallSite site) {
      boolean reserve = donated && !(given instanceof RetainedTensor);
      return new Argument(given, reserve ? reserve(given, site) : share(given), reserve);
    }

    private static CompletableFuture<? extends DeviceBuffer<?>> reserve(
        Tensor<?> tensor, CallSite site) {
      PendingBuffer<?> pending = tensor.pending();
      if (pending != null) {
        return pending.reserve(site);
      }
      DeviceBuffer<?> buffer = tensor.buffer();
      buffer.reserve(site);
      return CompletableFuture.completedFuture(buffer);
    }

    private static CompletableFuture<? extends DeviceBuffer<?>> share(Tensor<?> tensor) {
      PendingBuffer<?> pending = tensor.pending();
      return pending != null
          ? pending.share()
          : CompletableFuture.completedFuture(tensor.buffer().share());
    }

    /** Frees what the call has left alone. */
    void end(CallSite site) {
      if (!isReserved) {
        var unused = buffer.thenAccept(DeviceBuffer::close);
        return;
      }
      PendingBuffer<?> pending = tensor.pending();
      if (pending != null) {
        pending.free(site);
      } else {
        tensor.buffer().free(site);
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
      Device device,
      Tensor<?>[] arguments) {
    CallSite site = CallSite.here(program.name(), program.stubs());
    DeferredCall call = new DeferredCall(executable, device.deferredCalls(), site);
    call.take(program, arguments);
    for (ProgramOutput output : program.outputs()) {
      call.outputs.add(new PendingBuffer<>(output.shape(), device, site));
    }
    call.waitForRoom();
    call.startWhenReady();
    return new Results(call.outputs.toArray(new PendingBuffer<?>[0]), call.complete, site);
  }

  private void take(Program program, Tensor<?>[] given) {
    try {
      for (int i = 0; i < given.length; i++) {
        arguments.add(Argument.of(given[i], program.inputs().get(i).donated(), site));
      }
    } catch (BufferStateException e) {
      end();
      throw new BufferStateException(
          "%s: argument %s: %s"
              .formatted(
                  program.name(), program.inputs().get(arguments.size()).name(), e.getMessage()));
    }
  }

  /** So that a loop cannot start calls without end while a program is being compiled. */
  private void waitForRoom() {
    try {
      deferredCalls.acquire();
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
    arguments.forEach(argument -> awaited.add(argument.buffer()));
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
    deferredCalls.release();
    if (results != null) {
      resolve(results);
    } else if (failure != null) {
      fail(failure);
    }
  }

  private Results launch() {
    DeviceBuffer<?>[] buffers = new DeviceBuffer<?>[arguments.size()];
    boolean[] retained = new boolean[buffers.length];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = arguments.get(i).buffer().join();
      retained[i] = arguments.get(i).tensor() instanceof RetainedTensor;
    }
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
    for (int i = 0; i < outputs.size(); i++) {
      resolve(outputs.get(i), results, i);
    }
  }

  private static CompletableFuture<Void> completionOf(Results results) {
    try {
      return results.completion();
    } catch (PjrtException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static <T extends Element> void resolve(
      PendingBuffer<T> output, Results results, int index) {
    output.resolve(results.output(index));
  }

  private void fail(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    outputs.forEach(output -> output.fail(cause));
    complete.completeExceptionally(cause);
  }
}
