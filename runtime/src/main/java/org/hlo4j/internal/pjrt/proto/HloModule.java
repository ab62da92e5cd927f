package org.hlo4j.internal.pjrt.proto;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is of interest in a program as XLA runs it. Immutable.
 *
 * @param signature what it takes and gives
 * @param operations how often each operation occurs, by HLO's name of it
 * @param copies what it copies
 * @see <a href="https://github.com/openxla/xla/blob/main/xla/service/hlo.proto">hlo.proto</a>
 */
public record HloModule(HloSignature signature, Map<String, Integer> operations, HloCopies copies) {
  private static final int WITH_CONFIG_MODULE = 1;

  private static final int MODULE_COMPUTATIONS = 3;
  private static final int MODULE_ENTRY = 6;

  /** Their asynchronous forms begin with the same words. */
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

  /** A module of its parts. */
  public HloModule {
    operations = Map.copyOf(operations);
  }

  /** Whether devices exchange data, and so wait for each other. */
  public boolean hasCollectives() {
    return operations.keySet().stream()
        .anyMatch(name -> COLLECTIVES.stream().anyMatch(name::startsWith));
  }

  /**
   * Reads an {@code HloModuleProtoWithConfig}.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  public static HloModule read(byte[] bytes) {
    List<HloComputation> computations = new ArrayList<>();
    long entry = 0;
    ProtoReader withConfig = new ProtoReader(bytes);
    while (withConfig.next()) {
      if (withConfig.field() == WITH_CONFIG_MODULE) {
        ProtoReader module = withConfig.message();
        while (module.next()) {
          switch (module.field()) {
            case MODULE_COMPUTATIONS -> computations.add(HloComputation.read(module.message()));
            case MODULE_ENTRY -> entry = module.integer();
            default -> {
              // The rest is of no interest here.
            }
          }
        }
      }
    }
    return new HloModule(
        HloSignature.read(bytes), countOperations(computations), HloCopies.of(computations, entry));
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
