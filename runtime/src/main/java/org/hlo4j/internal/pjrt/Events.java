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
 * Turns PJRT's events into futures. An event that comes in here is owned here: it is destroyed when
 * it has fired, or when asking it fails. The futures complete on threads of the plugin, so nothing
 * that depends on them may block or run a user's code.
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

  /** An event that has not fired, with what must outlive it. */
  private record Pending(
      ClientHandle client,
      String operation,
      long event,
      MemorySegment memory,
      CompletableFuture<Void> future) {}

  /**
   * A future that completes when the event fires, with the event's error if it has one. The caller
   * has entered the client, or something that it made.
   *
   * @param operation what the event is the end of, for the message of its error
   * @param memory host memory of the operation, or none: it stays reachable until the event has
   *     fired even if nobody holds the future
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

  /** For a caller to whom an operation that has failed already is none that was begun. */
  static void throwIfFailed(CompletableFuture<Void> event) {
    if (event.isCompletedExceptionally() && event.exceptionNow() instanceof PjrtException failure) {
      throw failure;
    }
  }

  /**
   * Ends an event of which PJRT will not say when it fires. The operation may be using host memory,
   * for nobody knows how long: it is never freed.
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

  /** The error of an event that has fired; asking one that has not would abort the process. */
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

  /** Called by PJRT, which hands over the error. An exception that left here would end the JVM. */
  @SuppressWarnings("unused") // Called through the stub above.
  private static void onReady(long error, long id) {
    try {
      Pending pending = PENDING.remove(id);
      if (pending == null) {
        LOG.log(Level.ERROR, "PJRT reported an event that nobody waits for: " + id);
        return;
      }
      complete(pending, error);
    } catch (Throwable e) {
      LOG.log(Level.ERROR, "The end of an operation could not be reported", e);
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
