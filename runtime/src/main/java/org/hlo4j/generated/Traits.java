package org.hlo4j.generated;

import java.util.List;
import org.hlo4j.generated.Kernel.Resources;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a generated kernel besides its program. Immutable.
 *
 * @param origins the resources that it was generated from
 * @param replicas the number of replicas
 * @param partitions the number of partitions
 * @param executables opens executables compiled ahead of time, if there are any
 * @param schedule the lines of a pipeline's metadata; empty for a kernel
 * @param refs the indices of the inputs that are {@code Ref}s
 */
record Traits(
    Origins origins,
    int replicas,
    int partitions,
    @Nullable Resources executables,
    List<String> schedule,
    List<Integer> refs) {
  /** The defaults: a kernel on one device. */
  static final Traits NONE = new Traits(Origins.NONE, 1, 1, null, List.of(), List.of());

  Traits with(Origins others) {
    return new Traits(others, replicas, partitions, executables, schedule, refs);
  }

  Traits onDevices(int newReplicas, int newPartitions) {
    return new Traits(origins, newReplicas, newPartitions, executables, schedule, refs);
  }

  Traits compiledAhead(Resources found) {
    return new Traits(origins, replicas, partitions, found, schedule, refs);
  }

  Traits scheduled(List<String> lines) {
    return new Traits(origins, replicas, partitions, executables, lines, refs);
  }

  Traits withRefs(List<Integer> places) {
    return new Traits(origins, replicas, partitions, executables, schedule, places);
  }
}
