package org.hlo4j.processor.plan;

import java.util.List;
import java.util.Optional;
import org.hlo4j.KernelMetadata;
import org.hlo4j.SerializedExecutable;
import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.processor.model.KernelMethod;

/**
 * What a kernel becomes.
 *
 * @param method the kernel
 * @param programText the program that the generated code holds
 * @param rewritten whether that is another text than the user's
 * @param metadata what becomes of each of its inputs and outputs
 * @param counts as how many processes it runs
 * @param executable the program compiled ahead of time, if it is
 */
public record KernelPlan(
    KernelMethod method,
    String programText,
    boolean rewritten,
    KernelMetadata metadata,
    DeviceCounts counts,
    Optional<SerializedExecutable> executable) {

  /** The same plan of a pipeline, with lines about it. */
  public KernelPlan scheduled(List<String> lines) {
    return new KernelPlan(
        method, programText, rewritten, metadata.scheduled(lines), counts, executable);
  }

  /** The same plan with an executable. */
  public KernelPlan with(SerializedExecutable executable) {
    return new KernelPlan(
        method, programText, rewritten, metadata, counts, Optional.of(executable));
  }
}
