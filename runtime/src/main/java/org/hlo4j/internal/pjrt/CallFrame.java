package org.hlo4j.internal.pjrt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.hlo4j.internal.pjrt.abi.PJRT_ExecuteOptions;
import org.hlo4j.internal.pjrt.abi.PJRT_LoadedExecutable_Execute_Args;

/**
 * The native structs of one call of an executable on one device, built once: a call fills in the
 * buffers. Used by one call at a time.
 */
final class CallFrame {
  private final MemorySegment args;
  private final MemorySegment arguments;
  private final MemorySegment outputs;
  private final MemorySegment complete;
  private final MemorySegment options;
  private final MemorySegment kept;

  CallFrame(long executable, int numArguments, int numOutputs) {
    Arena arena = Arena.ofAuto();
    arguments = pointers(arena, numArguments);
    outputs = pointers(arena, numOutputs);
    complete = pointers(arena, 1);
    args = PJRT_LoadedExecutable_Execute_Args.allocate(arena);
    PJRT_LoadedExecutable_Execute_Args.executable(args, executable);
    kept = pointers(arena, numArguments);
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

  void setArgument(int index, long buffer) {
    arguments.setAtIndex(ValueLayout.JAVA_LONG, index, buffer);
  }

  /** Says which arguments keep their memory though the program would take it. */
  void keep(int[] indices) {
    for (int i = 0; i < indices.length; i++) {
      kept.setAtIndex(ValueLayout.JAVA_LONG, i, indices[i]);
    }
    PJRT_ExecuteOptions.num_non_donatable_input_indices(options, indices.length);
  }

  MemorySegment args() {
    return args;
  }

  long output(int index) {
    return outputs.getAtIndex(ValueLayout.JAVA_LONG, index);
  }

  long completeEvent() {
    return complete.get(ValueLayout.JAVA_LONG, 0);
  }
}
