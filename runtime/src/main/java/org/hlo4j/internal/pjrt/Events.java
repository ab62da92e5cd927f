package org.hlo4j.internal.pjrt;

import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.pjrt.abi.PJRT_Event_Destroy_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Event_Error_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Event_IsReady_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Event_OnReady_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;

/**
 * Converts PJRT's events to futures, and owns them: an event is destroyed when it has fired, or
 * when querying it fails. The futures complete on threads of the plugin, so their dependents may
 * not block or run user code.
 */
final class Events {
  private static final System.Logger LOG = System.getLogger("org.hlo4j");
  private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
  private static final ConcurrentHashMap<Long, Pending> PENDING = new ConcurrentHashMap<>();
  private static final ConcurrentLinkedQueue<MemorySegment> ABANDONED =
      new ConcurrentLinkedQueue<>();
  private static final AtomicLong NEXT_ID = new AtomicLong();
  private static final MemorySegment CALLBACK = callback();

  private Events() {}

  /** An event that has not fired, with objects that must outlive it. */
  private record Pending(
      ClientHandle client,
      String operation,
      long event,
      MemorySegment memory,
      CompletableFuture<Void> future) {}

  /**
   * Returns a future that completes when the event fires, possibly with its error. The caller has
   * entered the client, or an object of it.
   *
   * @param operation the operation that the event signals, for error messages
   * @param memory host memory of the operation, if any: it stays reachable until the event has
   *     fired even if the future does not
   */
  static CompletableFuture<Void> whenReady(
      ClientHandle client, String operation, long event, MemorySegment memory) {
    Api api = client.api();
    try {
      if (isReady(api, event)) {
        long error = errorOf(api, event);
        destroy(api, event);
        return error == 0 ? DONE : CompletableFuture.failedFuture(api.takeError(operation, error));
      }
    } catch (PjrtException e) {
      abandon(api, event, memory);
      throw e;
    }
    return register(client, operation, event, memory);
  }

  private static CompletableFuture<Void> register(
      ClientHandle client, String operation, long event, MemorySegment memory) {
    Api api = client.api();
    client.retain();
    Pending pending = new Pending(client, operation, event, memory, new CompletableFuture<>());
    long id = NEXT_ID.incrementAndGet();
    PENDING.put(id, pending);
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Event_OnReady_Args.allocate(scratch);
      PJRT_Event_OnReady_Args.event(args, event);
      PJRT_Event_OnReady_Args.callback(args, CALLBACK.address());
      PJRT_Event_OnReady_Args.user_arg(args, id);
      api.call(PjrtFunction.PJRT_Event_OnReady, args);
    } catch (PjrtException e) {
      PENDING.remove(id);
      abandon(api, event, memory);
      client.release();
      throw e;
    }
    return pending.future();
  }

  /** Throws if an operation failed immediately, for callers to which it never began. */
  static void throwIfFailed(CompletableFuture<Void> event) {
    if (event.isCompletedExceptionally() && event.exceptionNow() instanceof PjrtException failure) {
      throw failure;
    }
  }

  /**
   * Abandons an event that PJRT cannot report on. The operation may use host memory indefinitely,
   * so the memory is never freed.
   */
  private static void abandon(Api api, long event, MemorySegment memory) {
    if (memory.byteSize() > 0) {
      ABANDONED.add(memory);
    }
    destroy(api, event);
  }

  private static boolean isReady(Api api, long event) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Event_IsReady_Args.allocate(scratch);
      PJRT_Event_IsReady_Args.event(args, event);
      api.call(PjrtFunction.PJRT_Event_IsReady, args);
      return PJRT_Event_IsReady_Args.is_ready(args);
    }
  }

  /** Returns the error of an event that has fired; PJRT aborts the process for other events. */
  private static long errorOf(Api api, long event) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Event_Error_Args.allocate(scratch);
      PJRT_Event_Error_Args.event(args, event);
      return api.errorOf(PjrtFunction.PJRT_Event_Error, args);
    }
  }

  private static void destroy(Api api, long event) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Event_Destroy_Args.allocate(scratch);
      PJRT_Event_Destroy_Args.event(args, event);
      api.destroy(PjrtFunction.PJRT_Event_Destroy, args);
    }
  }

  private static MemorySegment callback() {
    try {
      MethodHandle target =
          MethodHandles.lookup()
              .findStatic(
                  Events.class,
                  "onReady",
                  MethodType.methodType(void.class, long.class, long.class));
      return UpcallStub.of(
          target, FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Called by PJRT, which passes ownership of the error. An exception would terminate the JVM. */
  @SuppressWarnings("unused") // Called through the stub above.
  private static void onReady(long error, long id) {
    try {
      Pending pending = PENDING.remove(id);
      if (pending == null) {
        LOG.log(Level.ERROR, "PJRT reported an event without a waiter: " + id);
        return;
      }
      complete(pending, error);
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "The completion of an operation could not be reported", e);
    }
  }

  private static void complete(Pending pending, long error) {
    try {
      Api api = pending.client().api();
      PjrtException failure = error == 0 ? null : api.takeError(pending.operation(), error);
      destroy(api, pending.event());
      if (failure == null) {
        pending.future().complete(null);
      } else {
        pending.future().completeExceptionally(failure);
      }
    } catch (Throwable e) {
      pending.future().completeExceptionally(e);
    } finally {
      pending.client().releaseOffThread();
    }
  }
}
