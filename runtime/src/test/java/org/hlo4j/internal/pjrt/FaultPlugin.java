package org.hlo4j.internal.pjrt;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.StatusCode;
import org.hlo4j.internal.pjrt.abi.PJRT_Error_Destroy_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Error_GetCode_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Error_Message_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Event_Await_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Event_IsReady_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Event_OnReady_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_Serialize_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_ExecuteOptions;
import org.hlo4j.internal.pjrt.abi.PJRT_LoadedExecutable_Execute_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_TopologyDescription_Serialize_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.hlo4j.internal.pjrt.library.Downcall;
import org.jspecify.annotations.Nullable;

/**
 * A plugin that stands before a real one: it counts what is made and destroyed, checks that what is
 * used is there, and fails a call, or the operation that a call began, where a test wants that.
 */
public final class FaultPlugin {
  private static final FunctionDescriptor FALLIBLE =
      FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
  private static final FunctionDescriptor VOID = FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG);
  private static final FunctionDescriptor CALLBACK =
      FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
  private static final MethodHandle CALL_BACK = Linker.nativeLinker().downcallHandle(CALLBACK);

  private final Handles handles = new Handles();
  private final Ledger ledger = new Ledger();
  private final Map<PjrtFunction, Integer> calls = new ConcurrentHashMap<>();
  private final Map<Long, Fault> errors = new ConcurrentHashMap<>();
  private final Map<Long, Fault> failingEvents = new ConcurrentHashMap<>();

  /** Which events say that they are ready when they are asked, and not only later. */
  private final Map<Long, Boolean> readyAtOnce = new ConcurrentHashMap<>();

  private final AtomicLong events = new AtomicLong();
  private final Map<Long, Long> outputCounts = new ConcurrentHashMap<>();
  private final Map<Long, Long> deleters = new ConcurrentHashMap<>();

  /** A callback of the library's, and what it wants to be called with. */
  private record Waiting(long event, long callback, long userArgument) {}

  private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
  private final AtomicLong nextWaiting = new AtomicLong();
  private final MemorySegment onReady;
  private final MemorySegment deleter;
  private final Api real;
  private final Api api;
  private volatile @Nullable Fault armed;
  private volatile boolean fired;
  private volatile String callLocation = "";

  /** Stands before the plugin of a library. */
  public FaultPlugin(Path library) {
    MemorySegment table = Api.table(library);
    real = new Api(library, table);
    MemorySegment copy = Arena.global().allocate(table.byteSize(), Long.BYTES).copyFrom(table);
    for (PjrtFunction function : PjrtFunction.values()) {
      if (real.has(function)) {
        long pointer = table.get(ValueLayout.JAVA_LONG, function.slot());
        copy.set(ValueLayout.JAVA_LONG, function.slot(), stubOf(function, pointer).address());
      }
    }
    onReady = stub("onReady", CALLBACK);
    deleter = stub("delete", VOID);
    api = new Api(library, copy);
    api.initialize();
  }

  private MemorySegment stubOf(PjrtFunction function, long pointer) {
    MemorySegment target = MemorySegment.ofAddress(pointer);
    return switch (function) {
      case PJRT_Error_Message -> stub("message", VOID, target);
      case PJRT_Error_Destroy -> stub("destroyError", VOID, target);
      default -> stub("call", FALLIBLE, function, target);
    };
  }

  private MemorySegment stub(String method, FunctionDescriptor descriptor, Object... bound) {
    try {
      MethodType type = descriptor.toMethodType();
      for (int i = bound.length - 1; i >= 0; i--) {
        type =
            type.insertParameterTypes(
                0, bound[i] instanceof PjrtFunction ? PjrtFunction.class : MemorySegment.class);
      }
      MethodHandle handle =
          MethodHandles.insertArguments(
              MethodHandles.lookup().findVirtual(FaultPlugin.class, method, type).bindTo(this),
              0,
              bound);
      return Linker.nativeLinker().upcallStub(handle, descriptor, Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** A client of this plugin, with two devices. */
  public ClientHandle newClient() {
    return newClient(Map.of("cpu_device_count", 2L));
  }

  /** A client of this plugin, with create options. */
  public ClientHandle newClient(Map<String, Long> options) {
    return ClientHandle.create(api, options);
  }

  /** Has a fault happen from now on, or none; counts calls anew. */
  public void arm(@Nullable Fault fault) {
    calls.clear();
    events.set(0);
    fired = false;
    armed = fault;
  }

  /** Whether the fault has happened. */
  public boolean hasFired() {
    return fired;
  }

  /** How often a function was called since {@link #arm}. */
  public int calls(PjrtFunction function) {
    return calls.getOrDefault(function, 0);
  }

  /** What is open. */
  public Map<String, Integer> open() {
    return ledger.open();
  }

  /** How many handles there ever were. */
  public long created() {
    return ledger.created();
  }

  /** What was wrong with how handles were used. */
  public Iterable<String> violations() {
    return ledger.violations();
  }

  private static MemorySegment struct(long address) {
    long size = MemorySegment.ofAddress(address).reinterpret(8).get(ValueLayout.JAVA_LONG, 0);
    return MemorySegment.ofAddress(address).reinterpret(size + Long.BYTES);
  }

  private static long member(MemorySegment struct, Handles.Member member) {
    return struct.get(ValueLayout.JAVA_LONG, member.offset());
  }

  /** Called by the library. */
  @SuppressWarnings("unused") // Through a stub.
  private long call(PjrtFunction function, MemorySegment target, long address) {
    try {
      MemorySegment args = struct(address);
      int call = calls.merge(function, 1, Integer::sum);
      Fault fault = armed;
      Fault hit = fault != null && fault.hits(function, call) ? fault : null;
      fired |= hit != null;
      checkGiven(function, args);
      if (hit != null && !hit.inEvent()) {
        if (Handles.isDestroyer(function)
            || function == PjrtFunction.PJRT_Buffer_DecreaseExternalReferenceCount) {
          forward(function, target, args);
        }
        return newError(hit);
      }
      Fault failing = failureOf(function, args);
      long error = forward(function, target, args);
      if (error != 0) {
        ledger.created("PJRT_Error", error);
        return error;
      }
      noteMade(function, args, hit);
      return failing == null ? 0 : newError(failing);
    } catch (Throwable e) {
      ledger.violations().add("the fault plugin failed: " + e);
      return 0;
    }
  }

  /** The fault of an event that is asked for its error. */
  private @Nullable Fault failureOf(PjrtFunction function, MemorySegment args) {
    return function == PjrtFunction.PJRT_Event_Error || function == PjrtFunction.PJRT_Event_Await
        ? failingEvents.get(member(args, handles.of(function).get(0)))
        : null;
  }

  private void checkGiven(PjrtFunction function, MemorySegment args) {
    for (Handles.Member member : handles.of(function)) {
      if (!member.isMade()) {
        ledger.used(function.name(), member.kind(), member(args, member));
      }
    }
  }

  private long forward(PjrtFunction function, MemorySegment target, MemorySegment args) {
    switch (function) {
      case PJRT_Error_GetCode -> {
        Fault fault = errors.get(PJRT_Error_GetCode_Args.error(args));
        if (fault != null) {
          PJRT_Error_GetCode_Args.code(args, List.of(StatusCode.values()).indexOf(fault.code()));
          return 0;
        }
      }
      case PJRT_Event_OnReady -> {
        return forwardOnReady(target, args);
      }
      case PJRT_Event_IsReady -> {
        return answerReady(args);
      }
      case PJRT_Buffer_DecreaseExternalReferenceCount ->
          ledger.referenced(member(args, handles.of(function).get(0)), -1);
      default -> {
        if (Handles.isDestroyer(function)) {
          // Before it is gone: its address may be another's at once.
          Handles.Member member = handles.of(function).get(0);
          ledger.destroyed(member.kind(), member(args, member));
          var unusedFault = failingEvents.remove(member(args, member));
          var unusedReady = readyAtOnce.remove(member(args, member));
        }
      }
    }
    return Downcall.call(target, args);
  }

  /** Says what does not depend on time, so that the n-th call of a function is always the same. */
  private long answerReady(MemorySegment args) {
    long event = PJRT_Event_IsReady_Args.event(args);
    boolean ready = readyAtOnce.getOrDefault(event, false);
    if (ready) {
      try (Scratch scratch = Scratch.take()) {
        MemorySegment await = PJRT_Event_Await_Args.allocate(scratch);
        PJRT_Event_Await_Args.event(await, event);
        long error = real.errorOf(PjrtFunction.PJRT_Event_Await, await);
        if (error != 0) {
          // The event's own, which it is asked for later.
          PjrtException unused = real.takeError("waiting", error);
        }
      }
    }
    PJRT_Event_IsReady_Args.is_ready(args, ready);
    return 0;
  }

  private long forwardOnReady(MemorySegment target, MemorySegment args) {
    long id = nextWaiting.incrementAndGet();
    waiting.put(
        id,
        new Waiting(
            PJRT_Event_OnReady_Args.event(args),
            PJRT_Event_OnReady_Args.callback(args),
            PJRT_Event_OnReady_Args.user_arg(args)));
    PJRT_Event_OnReady_Args.callback(args, onReady.address());
    PJRT_Event_OnReady_Args.user_arg(args, id);
    return Downcall.call(target, args);
  }

  /** Called by the plugin, in place of the library's callback. */
  @SuppressWarnings("unused") // Through a stub.
  private void onReady(long error, long id) {
    try {
      Waiting callback = Objects.requireNonNull(waiting.remove(id));
      Fault fault = failingEvents.get(callback.event());
      long passed = error;
      if (error != 0) {
        ledger.created("PJRT_Error", error);
      } else if (fault != null) {
        passed = newError(fault);
      }
      CALL_BACK.invokeExact(
          MemorySegment.ofAddress(callback.callback()), passed, callback.userArgument());
    } catch (Throwable e) {
      ledger.violations().add("the fault plugin failed to call back: " + e);
    }
  }

  private void noteMade(PjrtFunction function, MemorySegment args, @Nullable Fault fault) {
    for (Handles.Member member : handles.of(function)) {
      if (member.isMade()) {
        made(member.kind(), member(args, member), fault);
        if (function != PjrtFunction.PJRT_Client_BufferFromHostBuffer) {
          noteEvent(member, args);
        }
        if (member.kind().equals("PJRT_LoadedExecutable")) {
          long executable = member(args, member);
          outputCounts.put(
              executable,
              ExecutableFacts.of(real, executable, facts -> (long) facts.outputs().size()));
        }
      }
    }
    switch (function) {
      case PJRT_Buffer_IncreaseExternalReferenceCount ->
          ledger.referenced(member(args, handles.of(function).get(0)), 1);
      case PJRT_LoadedExecutable_Execute -> noteLaunched(args, fault);
      case PJRT_Executable_Serialize -> {
        long bytes = PJRT_Executable_Serialize_Args.serialized_executable(args);
        long own = PJRT_Executable_Serialize_Args.serialized_executable_deleter(args);
        noteDeletable(bytes, own);
        PJRT_Executable_Serialize_Args.serialized_executable_deleter(args, deleter.address());
      }
      case PJRT_TopologyDescription_Serialize -> {
        long bytes = PJRT_TopologyDescription_Serialize_Args.serialized_topology(args);
        long own = PJRT_TopologyDescription_Serialize_Args.serialized_topology_deleter(args);
        noteDeletable(bytes, own);
        PJRT_TopologyDescription_Serialize_Args.serialized_topology_deleter(
            args, deleter.address());
      }
      default -> {
        // Makes nothing besides handles.
      }
    }
  }

  /** One that waits for a buffer to be given up would never be ready. */
  private void noteEvent(Handles.Member member, MemorySegment args) {
    if (member.kind().equals("PJRT_Event")) {
      readyAtOnce.put(member(args, member), events.incrementAndGet() % 2 == 0);
    }
  }

  private void made(String kind, long handle, @Nullable Fault fault) {
    ledger.created(kind, handle);
    if (fault != null && kind.equals("PJRT_Event")) {
      failingEvents.put(handle, fault);
    }
  }

  private void noteLaunched(MemorySegment args, @Nullable Fault fault) {
    callLocation = callLocation(args);
    long devices = PJRT_LoadedExecutable_Execute_Args.num_devices(args);
    long executable = PJRT_LoadedExecutable_Execute_Args.executable(args);
    long outputs = Objects.requireNonNull(outputCounts.get(executable));
    for (long list : Api.longs(PJRT_LoadedExecutable_Execute_Args.output_lists(args), devices)) {
      for (long buffer : Api.longs(list, outputs)) {
        made("PJRT_Buffer", buffer, null);
      }
    }
    long events = PJRT_LoadedExecutable_Execute_Args.device_complete_events(args);
    for (long event : Api.longs(events, events == 0 ? 0 : devices)) {
      made("PJRT_Event", event, fault);
    }
  }

  private static String callLocation(MemorySegment args) {
    long location =
        PJRT_ExecuteOptions.call_location(struct(PJRT_LoadedExecutable_Execute_Args.options(args)));
    return location == 0
        ? ""
        : MemorySegment.ofAddress(location).reinterpret(Short.MAX_VALUE).getString(0);
  }

  /** What the last launch was told of the line that made it. */
  public String callLocation() {
    return callLocation;
  }

  private void noteDeletable(long bytes, long own) {
    ledger.created("serialized bytes", bytes);
    deleters.put(bytes, own);
  }

  @SuppressWarnings("unused") // Through a stub.
  private void delete(long bytes) {
    try {
      ledger.destroyed("serialized bytes", bytes);
      Downcall.callVoid(
          MemorySegment.ofAddress(Objects.requireNonNull(deleters.remove(bytes))),
          MemorySegment.ofAddress(bytes));
    } catch (Throwable e) {
      ledger.violations().add("the fault plugin failed to delete: " + e);
    }
  }

  private long newError(Fault fault) {
    // Never freed, so that no two errors of a test are at one address.
    long error = Arena.global().allocate(Long.BYTES, Long.BYTES).address();
    errors.put(error, fault);
    ledger.created("PJRT_Error", error);
    return error;
  }

  @SuppressWarnings("unused") // Through a stub.
  private void message(MemorySegment target, long address) {
    try {
      MemorySegment args = struct(address);
      Fault fault = errors.get(PJRT_Error_Message_Args.error(args));
      if (fault == null) {
        Downcall.callVoid(target, args);
        return;
      }
      MemorySegment text = Arena.global().allocateFrom(fault.message());
      PJRT_Error_Message_Args.message(args, text.address());
      PJRT_Error_Message_Args.message_size(args, text.byteSize() - 1);
    } catch (Throwable e) {
      ledger.violations().add("the fault plugin failed to tell its message: " + e);
    }
  }

  @SuppressWarnings("unused") // Through a stub.
  private void destroyError(MemorySegment target, long address) {
    try {
      MemorySegment args = struct(address);
      long error = PJRT_Error_Destroy_Args.error(args);
      ledger.destroyed("PJRT_Error", error);
      if (!errors.containsKey(error)) {
        Downcall.callVoid(target, args);
      }
    } catch (Throwable e) {
      ledger.violations().add("the fault plugin failed to destroy an error: " + e);
    }
  }
}
