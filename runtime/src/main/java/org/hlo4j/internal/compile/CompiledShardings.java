package org.hlo4j.internal.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.device.DeviceContext;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.pjrt.proto.HloModule;
import org.hlo4j.internal.pjrt.proto.SpmdShardings;
import org.hlo4j.internal.program.StableHloProgram;
import org.hlo4j.internal.sharding.DeclaredShardings;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;

/**
 * The shardings of a program's inputs and outputs over its partitions, as compiled by XLA and
 * checked against the program. Immutable.
 *
 * @param inputs the sharding of each input
 * @param outputs the sharding of each output
 */
public record CompiledShardings(List<Tiling> inputs, List<Tiling> outputs) {
  public CompiledShardings {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * Queries XLA.
   *
   * @throws CompilationException if XLA compiled another sharding than the program declares, or
   *     unequal parts
   */
  public static CompiledShardings of(
      StableHloProgram program, DeviceContext device, ExecutableHandle handle) {
    if (program.counts().partitions() == 1) {
      CompiledSignature.check(program, device, handle);
      return new CompiledShardings(
          Collections.nCopies(program.inputs().size(), Tiling.WHOLE),
          Collections.nCopies(program.outputs().size(), Tiling.WHOLE));
    }
    if (!handle.tryRetain()) {
      throw new BufferStateException("The client of %s was closed".formatted(program.name()));
    }
    try {
      return ofPartitions(program, device, handle);
    } finally {
      handle.release();
    }
  }

  private static CompiledShardings ofPartitions(
      StableHloProgram program, DeviceContext device, ExecutableHandle handle) {
    SpmdShardings compiled = shardings(program, handle);
    List<String> inputs = program.inputs().stream().map(input -> "input " + input.name()).toList();
    List<String> outputs =
        program.outputs().stream().map(output -> "output " + output.name()).toList();
    DeclaredShardings declared = program.shardings();
    CompiledShardings signature =
        new CompiledShardings(
            checked(program, inputs, declared.inputs(), compiled.parameters()),
            checked(program, outputs, declared.outputs(), compiled.outputs()));
    HloModule module = handle.optimizedProgram();
    signature.checkShapes(program, handle, module);
    if (program.isBytecode()) {
      CompiledSignature.checkUnread(program, device, module);
    }
    return signature;
  }

  private static SpmdShardings shardings(StableHloProgram program, ExecutableHandle handle) {
    try {
      return handle.spmdShardings(program.counts().partitions());
    } catch (IllegalArgumentException e) {
      throw new CompilationException(
          "%s has an unsupported sharding: %s".formatted(program.name(), e.getMessage()));
    }
  }

  private static List<Tiling> checked(
      StableHloProgram program,
      List<String> names,
      List<Optional<Tiling>> declared,
      List<Tiling> compiled) {
    if (names.size() > compiled.size()) {
      throw new CompilationException(
          String.format(
              Locale.ROOT,
              "XLA did not report the sharding of %s over %d partitions",
              program.name(),
              program.counts().partitions()));
    }
    return IntStream.range(0, names.size())
        .mapToObj(i -> checked(program, names.get(i), declared.get(i), compiled.get(i)))
        .toList();
  }

  private static Tiling checked(
      StableHloProgram program, String what, Optional<Tiling> declared, Tiling compiled) {
    if (compiled.devices() != program.counts().partitions()
        || !declared.orElse(compiled).equals(compiled)) {
      throw new CompilationException(
          String.format(
              Locale.ROOT,
              "%s: %s must be %s, but XLA compiled it %s, over %d devices",
              program.name(),
              what,
              declared.map(Tiling::toString).orElse("over all partitions"),
              compiled,
              compiled.devices()));
    }
    return compiled;
  }

  /** Also checks that there is no padding, since parts would then be unequal. */
  private void checkShapes(StableHloProgram program, ExecutableHandle handle, HloModule module) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      expected.add(part(program, inputs.get(i), program.inputs().get(i).shape()));
    }
    check(program, "inputs", expected, module.signature().parameters());
    expected.clear();
    for (int i = 0; i < outputs.size(); i++) {
      expected.add(part(program, outputs.get(i), program.outputs().get(i).shape()));
    }
    check(program, "outputs", expected, handle.outputs());
  }

  private static String part(StableHloProgram program, Tiling tiling, Shape shape) {
    try {
      return tiling.tileShape(shape).toString();
    } catch (IllegalArgumentException e) {
      throw new CompilationException(
          "%s has an unsupported sharding: %s".formatted(program.name(), e.getMessage()));
    }
  }

  private static void check(
      StableHloProgram program, String what, List<String> expected, List<String> compiled) {
    if (!expected.equals(compiled)) {
      throw new CompilationException(
          "%s has the %s %s on each device, but XLA compiled it to %s"
              .formatted(program.name(), what, expected, compiled));
    }
  }
}
