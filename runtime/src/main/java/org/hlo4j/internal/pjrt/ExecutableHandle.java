package org.hlo4j.internal.pjrt;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.hlo4j.error.PjrtException;
import org.hlo4j.error.StatusCode;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_Destroy_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_GetCompiledMemoryStats_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_NumOutputs_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_OutputDimensions_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_OutputElementTypes_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_LoadedExecutable_Destroy_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_LoadedExecutable_GetExecutable_Args;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.jspecify.annotations.Nullable;

/** Owns an executable that is loaded on one device. */
public final class ExecutableHandle extends NativeHandle {
  private static final int FRAMES = 16;

  /**
   * An output, as the compiled program has it.
   *
   * @param type a constant of {@code PJRT_Buffer_Type}
   */
  public record Output(int type, List<Long> dimensions) {}

  /** What a call needs beside its arguments, in bytes. */
  public record MemoryNeed(long outputs, long aliased, long temporary) {
    /** The memory that a call allocates. */
    public long allocated() {
      return Math.max(0, outputs - aliased) + temporary;
    }
  }

  /**
   * What a call has started.
   *
   * @param complete for a program without outputs, when it has ended; otherwise null
   */
  public record Launch(List<BufferHandle> outputs, @Nullable CompletableFuture<Void> complete) {}

  private final ClientHandle client;
  private final List<Output> outputs;
  private final @Nullable MemoryNeed memoryNeed;
  private final AtomicReferenceArray<@Nullable CallFrame> frames =
      new AtomicReferenceArray<>(FRAMES);

  private ExecutableHandle(
      ClientHandle client, long address, List<Output> outputs, @Nullable MemoryNeed memoryNeed) {
    super(address);
    this.client = client;
    this.outputs = outputs;
    this.memoryNeed = memoryNeed;
  }

  /** Takes ownership of an executable. The caller has entered the client. */
  static ExecutableHandle adopt(ClientHandle client, long address) {
    Api api = client.api();
    ExecutableHandle handle;
    try {
      long executable = executableOf(api, address);
      try {
        handle =
            new ExecutableHandle(
                client, address, outputsOf(api, executable), memoryNeedOf(api, executable));
      } finally {
        destroyExecutable(api, executable);
      }
    } catch (PjrtException e) {
      destroyLoaded(api, address);
      throw e;
    }
    client.enterAgain();
    client.adopt(handle);
    return handle;
  }

  /** The outputs, in order. */
  public List<Output> outputs() {
    return outputs;
  }

  /** What a call needs, or null if the plugin does not say. */
  public @Nullable MemoryNeed memoryNeed() {
    return memoryNeed;
  }

  /**
   * Starts the program. The caller has entered this executable and all arguments, and has checked
   * their number, types and shapes, which PJRT does not.
   *
   * @param kept the arguments that keep their memory, though the program would take it
   */
  public Launch execute(BufferHandle[] arguments, int[] kept) {
    Api api = client.api();
    int slot = (int) Thread.currentThread().threadId() & (FRAMES - 1);
    CallFrame free = frames.getAndSet(slot, null);
    CallFrame frame =
        free != null ? free : new CallFrame(address(), arguments.length, outputs.size());
    try {
      for (int i = 0; i < arguments.length; i++) {
        frame.setArgument(i, arguments[i].address());
      }
      frame.keep(kept);
      api.call(PjrtFunction.PJRT_LoadedExecutable_Execute, frame.args());
      BufferHandle[] results = new BufferHandle[outputs.size()];
      for (int i = 0; i < results.length; i++) {
        results[i] = BufferHandle.adopt(client, frame.output(i));
      }
      CompletableFuture<Void> complete =
          results.length == 0 ? Events.whenReady(client, "execution", frame.completeEvent()) : null;
      return new Launch(List.of(results), complete);
    } finally {
      frames.set(slot, frame);
    }
  }

  private static long executableOf(Api api, long loaded) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_LoadedExecutable_GetExecutable_Args.allocate(scratch);
      PJRT_LoadedExecutable_GetExecutable_Args.loaded_executable(args, loaded);
      api.call(PjrtFunction.PJRT_LoadedExecutable_GetExecutable, args);
      return PJRT_LoadedExecutable_GetExecutable_Args.executable(args);
    }
  }

  private static List<Output> outputsOf(Api api, long executable) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment count = PJRT_Executable_NumOutputs_Args.allocate(scratch);
      PJRT_Executable_NumOutputs_Args.executable(count, executable);
      api.call(PjrtFunction.PJRT_Executable_NumOutputs, count);
      if (PJRT_Executable_NumOutputs_Args.num_outputs(count) == 0) {
        return List.of();
      }

      MemorySegment types = PJRT_Executable_OutputElementTypes_Args.allocate(scratch);
      PJRT_Executable_OutputElementTypes_Args.executable(types, executable);
      api.call(PjrtFunction.PJRT_Executable_OutputElementTypes, types);
      int[] elementTypes =
          Api.ints(
              PJRT_Executable_OutputElementTypes_Args.output_types(types),
              PJRT_Executable_OutputElementTypes_Args.num_output_types(types));

      MemorySegment shapes = PJRT_Executable_OutputDimensions_Args.allocate(scratch);
      PJRT_Executable_OutputDimensions_Args.executable(shapes, executable);
      api.call(PjrtFunction.PJRT_Executable_OutputDimensions, shapes);
      long[] ranks =
          Api.longs(
              PJRT_Executable_OutputDimensions_Args.dim_sizes(shapes),
              PJRT_Executable_OutputDimensions_Args.num_outputs(shapes));
      long total = 0;
      for (long rank : ranks) {
        total += rank;
      }
      long[] dimensions = Api.longs(PJRT_Executable_OutputDimensions_Args.dims(shapes), total);

      List<Output> outputs = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < elementTypes.length; i++) {
        List<Long> dims = new ArrayList<>();
        for (long d = 0; d < ranks[i]; d++) {
          dims.add(dimensions[next]);
          next++;
        }
        outputs.add(new Output(elementTypes[i], List.copyOf(dims)));
      }
      return List.copyOf(outputs);
    }
  }

  private static @Nullable MemoryNeed memoryNeedOf(Api api, long executable) {
    if (!api.has(PjrtFunction.PJRT_Executable_GetCompiledMemoryStats)) {
      return null;
    }
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Executable_GetCompiledMemoryStats_Args.allocate(scratch);
      PJRT_Executable_GetCompiledMemoryStats_Args.executable(args, executable);
      long error = api.errorOf(PjrtFunction.PJRT_Executable_GetCompiledMemoryStats, args);
      if (error != 0) {
        PjrtException failure =
            api.takeError(PjrtFunction.PJRT_Executable_GetCompiledMemoryStats.name(), error);
        if (failure.code() == StatusCode.UNIMPLEMENTED) {
          // A backend may have no statistics; the call is then made without the check.
          return null;
        }
        throw failure;
      }
      return new MemoryNeed(
          PJRT_Executable_GetCompiledMemoryStats_Args.output_size_in_bytes(args),
          PJRT_Executable_GetCompiledMemoryStats_Args.alias_size_in_bytes(args),
          PJRT_Executable_GetCompiledMemoryStats_Args.temp_size_in_bytes(args));
    }
  }

  private static void destroyExecutable(Api api, long executable) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Executable_Destroy_Args.allocate(scratch);
      PJRT_Executable_Destroy_Args.executable(args, executable);
      api.call(PjrtFunction.PJRT_Executable_Destroy, args);
    }
  }

  private static void destroyLoaded(Api api, long loaded) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_LoadedExecutable_Destroy_Args.allocate(scratch);
      PJRT_LoadedExecutable_Destroy_Args.executable(args, loaded);
      api.call(PjrtFunction.PJRT_LoadedExecutable_Destroy, args);
    }
  }

  @Override
  void destroy(long address) {
    try {
      destroyLoaded(client.api(), address);
    } finally {
      client.forget(this);
    }
  }
}
