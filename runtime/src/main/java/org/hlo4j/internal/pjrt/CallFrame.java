package org.hlo4j.internal.pjrt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.internal.pjrt.abi.PJRT_ExecuteOptions;
import org.hlo4j.internal.pjrt.abi.PJRT_LoadedExecutable_Execute_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.jspecify.annotations.Nullable;

/**
 * The native structs of one call of an executable on one device, built once: a call fills in the
 * buffers. Used by one call at a time, which has entered the executable and all arguments.
 */
public final class CallFrame {
  private static final int LOCATION_CAPACITY = 256;

  private final ClientHandle client;
  private final MemorySegment args;
  private final MemorySegment arguments;
  private final MemorySegment outputs;
  private final MemorySegment complete;
  private final MemorySegment options;
  private final MemorySegment kept;
  private final MemorySegment location;
  private final int numFirst;
  private final int numOutputs;
  private int numKept;

  CallFrame(ClientHandle client, long executable, int numFirst, int numOfCall, int numOutputs) {
    int numArguments = numFirst + numOfCall;
    this.client = client;
    this.numFirst = numFirst;
    this.numOutputs = numOutputs;
    Arena arena = Arena.ofAuto();
    arguments = pointers(arena, numArguments);
    outputs = pointers(arena, numOutputs);
    complete = pointers(arena, 1);
    args = PJRT_LoadedExecutable_Execute_Args.allocate(arena);
    PJRT_LoadedExecutable_Execute_Args.executable(args, executable);
    kept = pointers(arena, numArguments);
    location = arena.allocate(LOCATION_CAPACITY);
    options = PJRT_ExecuteOptions.allocate(arena);
    PJRT_ExecuteOptions.non_donatable_input_indices(options, kept.address());
    PJRT_LoadedExecutable_Execute_Args.options(args, options.address());
    PJRT_LoadedExecutable_Execute_Args.num_devices(args, 1);
    PJRT_LoadedExecutable_Execute_Args.num_args(args, numArguments);
    PJRT_LoadedExecutable_Execute_Args.argument_lists(args, listOf(arena, arguments));
    PJRT_LoadedExecutable_Execute_Args.output_lists(args, listOf(arena, outputs));
    // A program without outputs has nothing else to tell that it has ended.
    PJRT_LoadedExecutable_Execute_Args.device_complete_events(
        args, numOutputs == 0 ? complete.address() : 0);
  }

  private static MemorySegment pointers(Arena arena, int count) {
    return arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, count));
  }

  private static long listOf(Arena arena, MemorySegment list) {
    return arena.allocateFrom(ValueLayout.JAVA_LONG, list.address()).address();
  }

  /** Passes a buffer. Its number, type and shape are right: PJRT does not check that. */
  public void pass(int index, BufferHandle buffer) {
    arguments.setAtIndex(ValueLayout.JAVA_LONG, numFirst + index, buffer.address());
  }

  /** Passes a buffer before the arguments, in all calls. */
  void passFirst(BufferHandle buffer) {
    arguments.setAtIndex(ValueLayout.JAVA_LONG, 0, buffer.address());
  }

  /** Has an argument keep its memory in the next launch, though the program would take it. */
  public void keep(int index) {
    kept.setAtIndex(ValueLayout.JAVA_LONG, numKept, numFirst + index);
    numKept++;
  }

  /**
   * Starts the program.
   *
   * @param callSite the line of the user's code, for the plugin's own messages and traces
   */
  public void launch(@Nullable String callSite) {
    PJRT_ExecuteOptions.num_non_donatable_input_indices(options, numKept);
    PJRT_ExecuteOptions.call_location(options, callSite == null ? 0 : locate(callSite));
    client.api().call(PjrtFunction.PJRT_LoadedExecutable_Execute, args);
  }

  private long locate(String callSite) {
    byte[] text = callSite.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(text.length, LOCATION_CAPACITY - 1);
    MemorySegment.copy(text, 0, location, ValueLayout.JAVA_BYTE, 0, length);
    location.set(ValueLayout.JAVA_BYTE, length, (byte) 0);
    return location.address();
  }

  /** Takes ownership of what the launch has made. */
  public void takeOutputs(BufferHandle[] target) {
    for (int i = 0; i < numOutputs; i++) {
      target[i] = BufferHandle.adopt(client, outputs.getAtIndex(ValueLayout.JAVA_LONG, i));
    }
  }

  /** For a program without outputs, when the launch has ended. Asked once a launch. */
  public CompletableFuture<Void> completion() {
    return Events.whenReady(client, "execution", complete.get(ValueLayout.JAVA_LONG, 0));
  }

  /** Forgets what the last launch was told to keep. */
  public void clear() {
    numKept = 0;
  }
}
