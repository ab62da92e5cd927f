package org.hlo4j.processor.write;

import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hlo4j.processor.plan.InterfacePlan;
import org.hlo4j.processor.write.Sources.Resource;

/**
 * Writes the checksums of the resources that an interface was generated from, for builds: a
 * compiler that sees no changed source would leave the generated code as it is. The form is that of
 * {@code sha256sum}.
 */
final class ChecksumText {
  private ChecksumText() {}

  /** The resource {@code DenseKernels.sha256}; nothing if no program comes from a resource. */
  static Optional<Resource> of(Names names, InterfacePlan plan) {
    TreeSet<String> lines =
        plan.kernels().stream()
            .flatMap(kernel -> kernel.origins().stream())
            .map(origin -> "%s  %s\n".formatted(origin.sha256(), origin.path()))
            .collect(Collectors.toCollection(TreeSet::new));
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Resource.ofText(names.kernelsClass().simpleName() + ".sha256", String.join("", lines)));
  }
}
