package org.hlo4j.internal.pjrt;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_Destroy_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_GetCompiledMemoryStats_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_NumOutputs_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_OptimizedProgram_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_OutputDimensions_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_OutputElementTypes_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Executable_Serialize_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_LoadedExecutable_GetExecutable_Args;
import org.hlo4j.internal.pjrt.abi.PJRT_Program;
import org.hlo4j.internal.pjrt.abi.PjrtFunction;
import org.hlo4j.internal.pjrt.proto.BufferTypes;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;
import org.jspecify.annotations.Nullable;

/** Queries a compiled program. */
record ExecutableFacts(Api api, long executable) {
  /** Queries the program of a loaded executable, which the caller has entered. */
  static <T> T of(Api api, long loaded, Function<ExecutableFacts, T> question) {
    long executable = executableOf(api, loaded);
    try {
      return question.apply(new ExecutableFacts(api, executable));
    } finally {
      destroy(api, executable);
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

  List<String> outputs() {
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

      List<String> outputs = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < elementTypes.length; i++) {
        long[] dims = Arrays.copyOfRange(dimensions, next, next + (int) ranks[i]);
        next += dims.length;
        ElementType type = BufferTypes.elementTypeOf(elementTypes[i]);
        outputs.add(type == null ? "type " + elementTypes[i] : Shape.of(type, dims).toString());
      }
      return List.copyOf(outputs);
    }
  }

  @Nullable MemoryUse memoryUse() {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Executable_GetCompiledMemoryStats_Args.allocate(scratch);
      PJRT_Executable_GetCompiledMemoryStats_Args.executable(args, executable);
      if (!api.callIfImplemented(PjrtFunction.PJRT_Executable_GetCompiledMemoryStats, args)) {
        // A backend may have no statistics; calls are then made without the check.
        return null;
      }
      return new MemoryUse(
          PJRT_Executable_GetCompiledMemoryStats_Args.argument_size_in_bytes(args),
          PJRT_Executable_GetCompiledMemoryStats_Args.output_size_in_bytes(args),
          PJRT_Executable_GetCompiledMemoryStats_Args.alias_size_in_bytes(args),
          PJRT_Executable_GetCompiledMemoryStats_Args.temp_size_in_bytes(args),
          PJRT_Executable_GetCompiledMemoryStats_Args.generated_code_size_in_bytes(args),
          PJRT_Executable_GetCompiledMemoryStats_Args.peak_memory_in_bytes(args));
    }
  }

  /** Returns the serialized executable, which the same plugin can load on an equal device. */
  byte[] serialized() {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Executable_Serialize_Args.allocate(scratch);
      PJRT_Executable_Serialize_Args.executable(args, executable);
      api.call(PjrtFunction.PJRT_Executable_Serialize, args);
      return Api.takeBytes(
          PJRT_Executable_Serialize_Args.serialized_bytes(args),
          PJRT_Executable_Serialize_Args.serialized_bytes_size(args),
          PJRT_Executable_Serialize_Args.serialized_executable_deleter(args),
          PJRT_Executable_Serialize_Args.serialized_executable(args));
    }
  }

  /** Returns the program after XLA's passes, as an {@code HloModuleProtoWithConfig}. */
  byte[] optimizedProgram() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment program = PJRT_Program.allocate(arena);
      MemorySegment args = PJRT_Executable_OptimizedProgram_Args.allocate(arena);
      PJRT_Executable_OptimizedProgram_Args.executable(args, executable);
      PJRT_Executable_OptimizedProgram_Args.program(args, program.address());
      // The first call returns the size of the memory that the second one fills.
      api.call(PjrtFunction.PJRT_Executable_OptimizedProgram, args);
      long size = PJRT_Program.code_size(program);
      MemorySegment code = arena.allocate(Math.max(1, size));
      PJRT_Program.code(program, code.address());
      api.call(PjrtFunction.PJRT_Executable_OptimizedProgram, args);
      return code.asSlice(0, Math.min(size, PJRT_Program.code_size(program)))
          .toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static void destroy(Api api, long executable) {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment args = PJRT_Executable_Destroy_Args.allocate(scratch);
      PJRT_Executable_Destroy_Args.executable(args, executable);
      api.destroy(PjrtFunction.PJRT_Executable_Destroy, args);
    }
  }
}
