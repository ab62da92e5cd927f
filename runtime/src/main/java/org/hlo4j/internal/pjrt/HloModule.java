package org.hlo4j.internal.pjrt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is of interest in a program as XLA runs it. Immutable.
 *
 * @param parameters the types of the parameters, in order, as StableHLO writes them
 * @param donated the parameters whose memory the program may take, in order
 * @param rowMajor whether all parameters and results lie in memory as the host has them
 * @param operations how often each operation occurs, by HLO's name of it
 * @param copies what it copies
 * @see <a href="https://github.com/openxla/xla/blob/main/xla/service/hlo.proto">hlo.proto</a>
 */
public record HloModule(
    List<String> parameters,
    List<Integer> donated,
    boolean rowMajor,
    Map<String, Integer> operations,
    HloCopies copies) {
  private static final int WITH_CONFIG_MODULE = 1;

  private static final int MODULE_COMPUTATIONS = 3;
  private static final int MODULE_PROGRAM_SHAPE = 4;
  private static final int MODULE_ENTRY = 6;
  private static final int MODULE_ALIASES = 8;
  private static final int MODULE_DONORS = 18;

  private static final int PROGRAM_SHAPE_PARAMETERS = 1;
  private static final int PROGRAM_SHAPE_RESULT = 2;

  private static final int LIST_ENTRIES = 1;
  private static final int ALIAS_PARAMETER = 2;
  private static final int DONOR_PARAMETER = 1;

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
    parameters = List.copyOf(parameters);
    donated = List.copyOf(donated);
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
  static HloModule read(byte[] bytes) {
    List<String> parameters = new ArrayList<>();
    TreeSet<Integer> donated = new TreeSet<>();
    boolean rowMajor = true;
    List<HloComputation> computations = new ArrayList<>();
    long entry = 0;
    ProtoReader withConfig = new ProtoReader(bytes);
    while (withConfig.next()) {
      if (withConfig.field() == WITH_CONFIG_MODULE) {
        ProtoReader module = withConfig.message();
        while (module.next()) {
          switch (module.field()) {
            case MODULE_COMPUTATIONS -> computations.add(HloComputation.read(module.message()));
            case MODULE_PROGRAM_SHAPE -> rowMajor &= readProgramShape(module.message(), parameters);
            case MODULE_ENTRY -> entry = module.integer();
            case MODULE_ALIASES -> readDonated(module.message(), ALIAS_PARAMETER, donated);
            case MODULE_DONORS -> readDonated(module.message(), DONOR_PARAMETER, donated);
            default -> {
              // The rest is of no interest here.
            }
          }
        }
      }
    }
    return new HloModule(
        parameters,
        List.copyOf(donated),
        rowMajor,
        countOperations(computations),
        HloCopies.of(computations, entry));
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

  /** Adds the parameters' types, and answers whether all that goes in or out is row-major. */
  private static boolean readProgramShape(ProtoReader programShape, List<String> parameters) {
    boolean rowMajor = true;
    while (programShape.next()) {
      if (programShape.field() == PROGRAM_SHAPE_PARAMETERS) {
        HloShape parameter = HloShape.read(programShape.message());
        parameters.add(parameter.type());
        rowMajor &= parameter.rowMajor();
      } else if (programShape.field() == PROGRAM_SHAPE_RESULT) {
        rowMajor &= HloShape.read(programShape.message()).rowMajor();
      }
    }
    return rowMajor;
  }

  /** An entry without a parameter's number is about the first: zero is not written. */
  private static void readDonated(ProtoReader list, int parameterField, TreeSet<Integer> donated) {
    while (list.next()) {
      if (list.field() == LIST_ENTRIES) {
        ProtoReader entry = list.message();
        int parameter = 0;
        while (entry.next()) {
          if (entry.field() == parameterField) {
            parameter = (int) entry.integer();
          }
        }
        donated.add(parameter);
      }
    }
  }
}
