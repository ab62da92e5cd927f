package org.hlo4j.internal.pjrt.proto;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The relevant properties of an optimized program. Immutable.
 *
 * @param signature its signature
 * @param operations the number of occurrences of each HLO operation
 * @param copies its copies
 * @see <a href="https://github.com/openxla/xla/blob/main/xla/service/hlo.proto">hlo.proto</a>
 */
public record HloModule(HloSignature signature, Map<String, Integer> operations, HloCopies copies) {
  private static final int WITH_CONFIG_MODULE = 1;

  private static final int COMPUTATIONS = 3;
  private static final int ENTRY = 6;

  /** Their asynchronous forms have the same prefixes. */
  private static final Set<String> COLLECTIVES =
      Set.of(
          "all-gather",
          "all-reduce",
          "all-to-all",
          "collective-broadcast",
          "collective-permute",
          "ragged-all-to-all",
          "reduce-scatter",
          "recv",
          "send");

  public HloModule {
    operations = Map.copyOf(operations);
  }

  /** Returns whether devices exchange data, and so wait for each other. */
  public boolean hasCollectives() {
    return operations.keySet().stream()
        .anyMatch(name -> COLLECTIVES.stream().anyMatch(name::startsWith));
  }

  /**
   * Parses an {@code HloModuleProtoWithConfig}.
   *
   * @throws IllegalArgumentException if the bytes are malformed
   */
  public static HloModule read(byte[] bytes) {
    List<HloComputation> computations = new ArrayList<>();
    long entry = 0;
    ProtoReader module = module(bytes);
    while (module.next()) {
      if (module.field() == COMPUTATIONS) {
        computations.add(HloComputation.read(module.message()));
      } else if (module.field() == ENTRY) {
        entry = module.integer();
      }
    }
    return new HloModule(
        HloSignature.read(module(bytes), labels(computations, entry)),
        countOperations(computations),
        HloCopies.of(computations, entry));
  }

  /** Returns the module in an {@code HloModuleProtoWithConfig}; an empty one if it has none. */
  static ProtoReader module(byte[] bytes) {
    List<ProtoReader> modules = new ProtoReader(bytes).messages(WITH_CONFIG_MODULE);
    return modules.isEmpty() ? new ProtoReader(new byte[0]) : modules.getFirst();
  }

  private static Map<Integer, String> labels(List<HloComputation> computations, long entry) {
    Map<Integer, String> labels = new HashMap<>();
    for (HloComputation computation : computations) {
      for (HloInstruction instruction : computation.instructions()) {
        if (computation.id() == entry && !instruction.label().isEmpty()) {
          labels.put(instruction.parameter(), instruction.label());
        }
      }
    }
    return labels;
  }

  private static Map<String, Integer> countOperations(List<HloComputation> computations) {
    Map<String, Integer> operations = new TreeMap<>();
    for (HloComputation computation : computations) {
      for (HloInstruction instruction : computation.instructions()) {
        operations.merge(instruction.opcode(), 1, Integer::sum);
      }
    }
    return operations;
  }
}
