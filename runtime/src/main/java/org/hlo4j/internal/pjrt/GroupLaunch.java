package org.hlo4j.internal.pjrt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hlo4j.error.PjrtException;
import org.hlo4j.internal.pjrt.abi.PJRT_ExecuteOptions;
import org.hlo4j.internal.pjrt.abi.PJRT_LoadedExecutable_Execute_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;

/** Starts an executable on all of its devices at once. */
final class GroupLaunch {
  private final ClientHandle client;
  private final int numOutputs;

  GroupLaunch(ClientHandle client, int numOutputs) {
    this.client = client;
    this.numOutputs = numOutputs;
  }

  /** Starts the executable; the answer has a launch for each device. */
  List<ExecutableHandle.Launch> start(long executable, BufferHandle[][] rows, int[] kept) {
    try (Arena arena = Arena.ofConfined()) {
      int numArguments = rows[0].length;
      MemorySegment arguments = pointers(arena, rows.length);
      MemorySegment outputs = pointers(arena, rows.length);
      MemorySegment complete = pointers(arena, rows.length);
      List<MemorySegment> outputRows = new ArrayList<>();
      for (int i = 0; i < rows.length; i++) {
        MemorySegment row = pointers(arena, numArguments);
        for (int j = 0; j < numArguments; j++) {
          row.setAtIndex(ValueLayout.JAVA_LONG, j, rows[i][j].address());
        }
        arguments.setAtIndex(ValueLayout.JAVA_LONG, i, row.address());
        MemorySegment outputRow = pointers(arena, numOutputs);
        outputs.setAtIndex(ValueLayout.JAVA_LONG, i, outputRow.address());
        outputRows.add(outputRow);
      }
      MemorySegment args = PJRT_LoadedExecutable_Execute_Args.allocate(arena);
      PJRT_LoadedExecutable_Execute_Args.executable(args, executable);
      PJRT_LoadedExecutable_Execute_Args.options(args, options(arena, kept).address());
      PJRT_LoadedExecutable_Execute_Args.num_devices(args, rows.length);
      PJRT_LoadedExecutable_Execute_Args.num_args(args, numArguments);
      PJRT_LoadedExecutable_Execute_Args.argument_lists(args, arguments.address());
      PJRT_LoadedExecutable_Execute_Args.output_lists(args, outputs.address());
      // Not the outputs: a caller may have closed them while the devices still work.
      PJRT_LoadedExecutable_Execute_Args.device_complete_events(args, complete.address());
      client.api().call(PjrtFunction.PJRT_LoadedExecutable_Execute, args);
      return launches(outputRows, complete);
    }
  }

  private List<ExecutableHandle.Launch> launches(
      List<MemorySegment> outputRows, MemorySegment complete) {
    List<List<BufferHandle>> outputs = new ArrayList<>();
    // All buffers get their owners before anything is asked that may fail.
    for (MemorySegment row : outputRows) {
      List<BufferHandle> ofDevice = new ArrayList<>();
      for (int j = 0; j < numOutputs; j++) {
        ofDevice.add(BufferHandle.adopt(client, row.getAtIndex(ValueLayout.JAVA_LONG, j)));
      }
      outputs.add(ofDevice);
    }
    List<ExecutableHandle.Launch> launches = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      launches.add(
          new ExecutableHandle.Launch(
              List.copyOf(outputs.get(i)), end(complete.getAtIndex(ValueLayout.JAVA_LONG, i))));
    }
    return launches;
  }

  /**
   * An event that cannot be asked leaves those of the other devices, and the outputs, to be had.
   */
  private CompletableFuture<Void> end(long event) {
    try {
      return Events.whenReady(client, "execution", event);
    } catch (PjrtException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static MemorySegment options(Arena arena, int[] kept) {
    MemorySegment indices = pointers(arena, kept.length);
    for (int i = 0; i < kept.length; i++) {
      indices.setAtIndex(ValueLayout.JAVA_LONG, i, kept[i]);
    }
    MemorySegment options = PJRT_ExecuteOptions.allocate(arena);
    PJRT_ExecuteOptions.non_donatable_input_indices(options, indices.address());
    PJRT_ExecuteOptions.num_non_donatable_input_indices(options, kept.length);
    return options;
  }

  private static MemorySegment pointers(Arena arena, int count) {
    return arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, count));
  }
}
