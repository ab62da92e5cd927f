package org.hlo4j.internal.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.device.DeviceContext;
import org.hlo4j.internal.mlir.rewrite.PlatformIndex;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.pjrt.proto.HloModule;
import org.hlo4j.internal.program.StableHloProgram;

/** Checks that XLA compiled the declared signature. If not, PJRT would compute wrong results. */
final class CompiledSignature {
  private CompiledSignature() {}

  /**
   * Checks the outputs and, for bytecode, which was not parsed, the inputs.
   *
   * @throws CompilationException if XLA compiled another signature
   */
  static void check(StableHloProgram program, DeviceContext device, ExecutableHandle handle) {
    checkOutputs(program, handle);
    if (!program.isBytecode()) {
      return;
    }
    if (!handle.tryRetain()) {
      throw new BufferStateException("The client of %s was closed".formatted(program.name()));
    }
    try {
      HloModule compiled = handle.optimizedProgram();
      checkInputs(program, device, compiled);
      checkUnread(program, device, compiled);
    } finally {
      handle.release();
    }
  }

  private static void checkOutputs(StableHloProgram program, ExecutableHandle handle) {
    List<String> declared =
        program.plan().computedOutputs().stream()
            .map(index -> program.outputs().get(index).shape().toString())
            .toList();
    if (!declared.equals(handle.outputs())) {
      throw new CompilationException(
          "%s declares the outputs %s, but XLA compiled it to %s"
              .formatted(program.name(), declared, handle.outputs()));
    }
  }

  private static void checkInputs(
      StableHloProgram program, DeviceContext device, HloModule compiled) {
    List<String> declared = new ArrayList<>();
    if (!program.platforms().isEmpty()) {
      int unused = PlatformIndex.of(program.platforms(), device.client().platform());
      declared.add(PlatformIndex.SHAPE.toString());
    }
    program.inputs().forEach(input -> declared.add(input.shape().toString()));
    if (!declared.equals(compiled.signature().parameters())) {
      throw new CompilationException(
          "%s declares the inputs %s, but XLA compiled it to %s"
              .formatted(program.name(), declared, compiled.signature().parameters()));
    }
  }

  /** Checks properties of bytecode beyond its signature: donations, and layouts. */
  static void checkUnread(StableHloProgram program, DeviceContext device, HloModule compiled) {
    // PJRT converts to a device's own layouts, but a CPU uses the data as is.
    if (device.sharesHostMemory() && !compiled.signature().rowMajor()) {
      throw new CompilationException(
          "%s requires an input or output that is not row-major (mhlo.layout_mode); export it without"
              .formatted(program.name()));
    }
    int hidden = program.platforms().isEmpty() ? 0 : 1;
    List<Integer> donated =
        Arrays.stream(program.donatedInputs()).mapToObj(index -> index + hidden).toList();
    if (!donated.equals(compiled.signature().donated())) {
      throw new CompilationException(
          "%s declares that it donates the inputs %s, but in the program it is %s"
              .formatted(program.name(), donated, compiled.signature().donated()));
    }
  }
}
