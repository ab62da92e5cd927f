package org.hlo4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hlo4j.error.BufferStateException;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.pjrt.ExecutableHandle;
import org.hlo4j.internal.pjrt.proto.HloModule;
import org.hlo4j.internal.pjrt.proto.SpmdShardings;
import org.hlo4j.internal.sharding.Tiling;
import org.hlo4j.type.Shape;

/**
 * How the inputs and outputs of a program are spread over its partitions: as XLA has compiled it,
 * which is checked to be what the program says. Immutable.
 *
 * @param inputs of each input
 * @param outputs of each output
 */
record CompiledShardings(List<Sharding> inputs, List<Sharding> outputs) {
  CompiledShardings {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * Asks XLA.
   *
   * @throws CompilationException if XLA has compiled something else than the program says, or
   *     something that has no equal parts
   */
  static CompiledShardings of(Program program, Device device, ExecutableHandle handle) {
    if (program.partitions() == 1) {
      CompiledSignature.check(program, device, handle);
      return new CompiledShardings(
          Collections.nCopies(program.inputs().size(), Sharding.whole()),
          Collections.nCopies(program.outputs().size(), Sharding.whole()));
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
      Program program, Device device, ExecutableHandle handle) {
    SpmdShardings compiled = shardings(program, handle);
    List<Sharding> inputs = new ArrayList<>();
    for (ProgramInput input : program.inputs()) {
      Tiling tiling = at(compiled.parameters(), inputs.size(), program);
      inputs.add(checked(program, "input " + input.name(), input.sharding(), tiling));
    }
    List<Sharding> outputs = new ArrayList<>();
    for (ProgramOutput output : program.outputs()) {
      Tiling tiling = at(compiled.outputs(), outputs.size(), program);
      outputs.add(checked(program, "output " + output.name(), output.sharding(), tiling));
    }
    CompiledShardings signature = new CompiledShardings(inputs, outputs);
    HloModule module = handle.optimizedProgram();
    signature.checkShapes(program, handle, module);
    if (program.isBytecode()) {
      CompiledSignature.checkUnread(program, device, module);
    }
    return signature;
  }

  private static SpmdShardings shardings(Program program, ExecutableHandle handle) {
    try {
      return handle.spmdShardings(program.partitions());
    } catch (IllegalArgumentException e) {
      throw new CompilationException(
          "%s is partitioned in a way that is not supported: %s"
              .formatted(program.name(), e.getMessage()));
    }
  }

  private static Tiling at(List<Tiling> tilings, int index, Program program) {
    if (index >= tilings.size()) {
      throw new CompilationException(
          String.format(
              Locale.ROOT,
              "XLA does not say how it has spread %s over %d partitions",
              program.name(),
              program.partitions()));
    }
    return tilings.get(index);
  }

  private static Sharding checked(
      Program program, String what, Optional<Sharding> declared, Tiling compiled) {
    Sharding sharding = Sharding.of(compiled);
    if (compiled.devices() != program.partitions() || !declared.orElse(sharding).equals(sharding)) {
      throw new CompilationException(
          String.format(
              Locale.ROOT,
              "%s: %s is to be %s, but XLA compiled it %s, over %d devices",
              program.name(),
              what,
              declared.map(Sharding::toString).orElse("over all partitions"),
              sharding,
              compiled.devices()));
    }
    return sharding;
  }

  /** Also that nothing has to be filled up, since then parts are not equal. */
  private void checkShapes(Program program, ExecutableHandle handle, HloModule module) {
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

  private static String part(Program program, Sharding sharding, Shape shape) {
    try {
      return sharding.tiling().tileShape(shape).toString();
    } catch (IllegalArgumentException e) {
      throw new CompilationException(
          "%s is partitioned in a way that is not supported: %s"
              .formatted(program.name(), e.getMessage()));
    }
  }

  private static void check(
      Program program, String what, List<String> expected, List<String> compiled) {
    if (!expected.equals(compiled)) {
      throw new CompilationException(
          "%s has the %s %s on each device, but XLA compiled it to %s"
              .formatted(program.name(), what, expected, compiled));
    }
  }
}
