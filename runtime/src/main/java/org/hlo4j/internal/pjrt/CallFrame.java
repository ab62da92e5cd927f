package org.hlo4j.internal.pjrt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.pjrt.abi.PJRT_ExecuteOptions;
import org.hlo4j.internal.pjrt.abi.PJRT_LoadedExecutable_Execute_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.jspecify.annotations.Nullable;

/**
 * The reusable native structs of calls of an executable on all of its devices; a call fills in the
 * buffers. For one call at a time, which has entered the executable and all arguments.
 */
public final class CallFrame {
  private static final int LOCATION_CAPACITY = 256;

  private final ClientHandle client;
  private final MemorySegment args;

  /** The arguments, device by device. */
  private final MemorySegment arguments;

  private final MemorySegment outputs;
  private final MemorySegment complete;
  private final MemorySegment options;
  private final MemorySegment kept;
  private final MemorySegment location;
  private final int devices;

  /** The number of arguments per device, including those that all calls pass. */
  private final int numArguments;

  private final int numFirst;
  private final int numOutputs;
  private int numKept;

  CallFrame(
      ClientHandle client,
      long executable,
      int devices,
      int numFirst,
      int numOfCall,
      int numOutputs) {
    this.client = client;
    this.devices = devices;
    this.numArguments = numFirst + numOfCall;
    this.numFirst = numFirst;
    this.numOutputs = numOutputs;
    Arena arena = Arena.ofAuto();
    arguments = pointers(arena, devices * numArguments);
    outputs = pointers(arena, devices * numOutputs);
    complete = pointers(arena, devices);
    args = PJRT_LoadedExecutable_Execute_Args.allocate(arena);
    PJRT_LoadedExecutable_Execute_Args.executable(args, executable);
    kept = pointers(arena, numArguments);
    location = arena.allocate(LOCATION_CAPACITY);
    options = PJRT_ExecuteOptions.allocate(arena);
    PJRT_ExecuteOptions.non_donatable_input_indices(options, kept.address());
    PJRT_LoadedExecutable_Execute_Args.options(args, options.address());
    PJRT_LoadedExecutable_Execute_Args.num_devices(args, devices);
    PJRT_LoadedExecutable_Execute_Args.num_args(args, numArguments);
    PJRT_LoadedExecutable_Execute_Args.argument_lists(args, rows(arena, arguments, numArguments));
    PJRT_LoadedExecutable_Execute_Args.output_lists(args, rows(arena, outputs, numOutputs));
    PJRT_LoadedExecutable_Execute_Args.device_complete_events(
        args, hasCompletions() ? complete.address() : 0);
  }

  /**
   * Returns whether launches need completion events: without outputs nothing else signals the end,
   * and the outputs of several devices may be closed while the devices still work.
   */
  private boolean hasCompletions() {
    return devices > 1 || numOutputs == 0;
  }

  /** Returns the addresses of consecutive rows. */
  private long rows(Arena arena, MemorySegment table, int width) {
    MemorySegment rows = pointers(arena, devices);
    for (int i = 0; i < devices; i++) {
      rows.setAtIndex(
          ValueLayout.JAVA_LONG, i, table.address() + ValueLayout.JAVA_LONG.byteSize() * i * width);
    }
    return rows.address();
  }

  private static MemorySegment pointers(Arena arena, int count) {
    return arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, count));
  }

  /**
   * Passes a buffer to a device, by its index in the device assignment. Number, type and shape were
   * checked: PJRT does not, and if it rejects one device, the others may wait for it until the
   * plugin aborts the process.
   */
  public void pass(int device, int index, BufferHandle buffer) {
    arguments.setAtIndex(
        ValueLayout.JAVA_LONG, (long) device * numArguments + numFirst + index, buffer.address());
  }

  /** Passes a buffer before the arguments of the only device, in all calls. */
  void passFirst(BufferHandle buffer) {
    arguments.setAtIndex(ValueLayout.JAVA_LONG, 0, buffer.address());
  }

  /** Makes an argument keep its memory in the next launch although the program donates it. */
  public void keep(int index) {
    kept.setAtIndex(ValueLayout.JAVA_LONG, numKept, numFirst + index);
    numKept++;
  }

  /**
   * Starts the program.
   *
   * @param callSite the line of user code, for the plugin's messages and traces
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

  /** Takes ownership of an output, by its index device by device. Called once per launch. */
  public BufferHandle takeOutput(int index) {
    return BufferHandle.adopt(client, outputs.getAtIndex(ValueLayout.JAVA_LONG, index));
  }

  /**
   * Returns the completion on all devices; null if the outputs signal it. Called once per launch,
   * after {@link #takeOutput}. An event that cannot be queried fails the future.
   */
  public @Nullable CompletableFuture<Void> completion() {
    if (!hasCompletions()) {
      return null;
    }
    if (devices == 1) {
      return completion(0);
    }
    CompletableFuture<?>[] ends = new CompletableFuture<?>[devices];
    for (int i = 0; i < devices; i++) {
      ends[i] = completion(i);
    }
    return CompletableFuture.allOf(ends);
  }

  private CompletableFuture<Void> completion(int device) {
    try {
      return Events.whenReady(
          client,
          "execution",
          complete.getAtIndex(ValueLayout.JAVA_LONG, device),
          MemorySegment.NULL);
    } catch (PjrtException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Clears the arguments to keep. */
  public void clear() {
    numKept = 0;
  }
}
