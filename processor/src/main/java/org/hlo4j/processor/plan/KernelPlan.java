package org.hlo4j.processor.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hlo4j.KernelMetadata;
import org.hlo4j.Program;
import org.hlo4j.SerializedExecutable;
import org.hlo4j.error.CompilationException;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.KernelProgram;
import org.hlo4j.processor.model.ProgramOrigin;

/**
 * The plan of a kernel's generated code.
 *
 * @param text the program in the generated code; for bytecode, its signature
 * @param origins the resources that the program comes from
 * @param metadata the inputs and outputs, with their donations
 * @param counts the numbers of processes
 * @param executable the program compiled ahead of time, if requested
 */
public record KernelPlan(
    KernelMethod method,
    String text,
    List<ProgramOrigin> origins,
    KernelMetadata metadata,
    DeviceCounts counts,
    Optional<SerializedExecutable> executable) {
  public KernelPlan {
    origins = List.copyOf(origins);
  }

  /**
   * Plans a kernel with its own program.
   *
   * @param donations the outputs that reuse the memory of inputs, by input
   * @throws CompilationException if the runtime rejects the program
   */
  public static KernelPlan of(
      KernelMethod method,
      KernelProgram.Standalone program,
      EntryPoint entry,
      Map<Integer, Integer> donations) {
    String text =
        switch (program) {
          case KernelProgram.Textual textual -> textual.text();
          case KernelProgram.Bytecode bytecode -> bytecode.signature();
        };
    return of(
        method, DonationText.added(text, entry, donations), program.origins(), entry.counts());
  }

  static KernelPlan of(
      KernelMethod method, String text, List<ProgramOrigin> origins, DeviceCounts counts) {
    int replicas = counts.replicas();
    int partitions = counts.partitions();
    Program program =
        method.program() instanceof KernelProgram.Bytecode bytecode
            ? Program.ofBytecode(bytecode.content(), text, replicas, partitions)
            : Program.of(text, replicas, partitions);
    KernelMetadata metadata =
        KernelMetadata.of(method.qualifiedName(), program, method.inputNames());
    return new KernelPlan(method, text, origins, metadata, counts, Optional.empty());
  }

  /** Returns this plan of a pipeline with lines that describe it. */
  KernelPlan scheduled(List<String> lines) {
    return new KernelPlan(method, text, origins, metadata.scheduled(lines), counts, executable);
  }

  public KernelPlan with(SerializedExecutable compiled) {
    return new KernelPlan(method, text, origins, metadata, counts, Optional.of(compiled));
  }
}
