package org.hlo4j.processor.write;

import java.util.stream.Collectors;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.processor.write.Sources.Resource;

/**
 * Writes what each kernel does with its buffers, for reviewers: the same plan is the same text,
 * wherever and whenever it is built.
 */
final class PlanText {
  private PlanText() {}

  /** The resource {@code DenseKernels.plan.txt}. */
  static Resource of(Names names, InterfacePlan plan) {
    String kernels =
        plan.kernels().stream()
            .map(kernel -> "\n" + kernel.metadata() + "\n")
            .collect(Collectors.joining());
    String head =
        "# The buffers of %s's kernels. Written by hlo4j's annotation processor.\n"
            .formatted(plan.source().name().canonicalName());
    return Resource.ofText(names.kernelsClass().simpleName() + ".plan.txt", head + kernels);
  }
}
