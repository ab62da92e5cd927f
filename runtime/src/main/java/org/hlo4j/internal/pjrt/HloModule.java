package org.hlo4j.internal.pjrt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hlo4j.type.ElementType;
import org.hlo4j.type.Shape;

/**
 * What is of interest in a program as XLA runs it. Immutable.
 *
 * @param parameters the types of the parameters, in order, as StableHLO writes them
 * @param donated the parameters whose memory the program may take, in order
 * @param rowMajor whether all parameters and results lie in memory as the host has them
 * @param operations how often each operation occurs, by HLO's name of it
 * @see <a href="https://github.com/openxla/xla/blob/main/xla/service/hlo.proto">hlo.proto</a>
 */
public record HloModule(
    List<String> parameters,
    List<Integer> donated,
    boolean rowMajor,
    Map<String, Integer> operations) {
  private static final int WITH_CONFIG_MODULE = 1;

  private static final int MODULE_COMPUTATIONS = 3;
  private static final int MODULE_PROGRAM_SHAPE = 4;
  private static final int MODULE_ALIASES = 8;
  private static final int MODULE_DONORS = 18;

  private static final int COMPUTATION_INSTRUCTIONS = 2;
  private static final int INSTRUCTION_OPCODE = 2;
  private static final int PROGRAM_SHAPE_PARAMETERS = 1;
  private static final int PROGRAM_SHAPE_RESULT = 2;

  private static final int SHAPE_ELEMENT_TYPE = 2;
  private static final int SHAPE_DIMENSIONS = 3;
  private static final int SHAPE_TUPLE = 4;
  private static final int SHAPE_LAYOUT = 5;
  private static final int LAYOUT_MINOR_TO_MAJOR = 1;

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

  /** XLA's {@code PrimitiveType} by its numbers. */
  private static final Map<Integer, ElementType> PRIMITIVE_TYPES =
      Map.ofEntries(
          Map.entry(1, ElementType.I1),
          Map.entry(2, ElementType.I8),
          Map.entry(3, ElementType.I16),
          Map.entry(4, ElementType.I32),
          Map.entry(5, ElementType.I64),
          Map.entry(6, ElementType.U8),
          Map.entry(7, ElementType.U16),
          Map.entry(8, ElementType.U32),
          Map.entry(9, ElementType.U64),
          Map.entry(10, ElementType.F16),
          Map.entry(11, ElementType.F32),
          Map.entry(12, ElementType.F64),
          Map.entry(15, ElementType.C64),
          Map.entry(16, ElementType.BF16),
          Map.entry(18, ElementType.C128),
          Map.entry(19, ElementType.F8E5M2),
          Map.entry(20, ElementType.F8E4M3FN),
          Map.entry(21, ElementType.I4),
          Map.entry(22, ElementType.U4),
          Map.entry(23, ElementType.F8E4M3B11FNUZ),
          Map.entry(24, ElementType.F8E5M2FNUZ),
          Map.entry(25, ElementType.F8E4M3FNUZ),
          Map.entry(26, ElementType.I2),
          Map.entry(27, ElementType.U2),
          Map.entry(28, ElementType.F8E4M3),
          Map.entry(29, ElementType.F8E3M4),
          Map.entry(32, ElementType.F4E2M1FN),
          Map.entry(33, ElementType.F8E8M0FNU));

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
    Map<String, Integer> operations = new TreeMap<>();
    ProtoReader withConfig = new ProtoReader(bytes);
    while (withConfig.next()) {
      if (withConfig.field() == WITH_CONFIG_MODULE) {
        ProtoReader module = withConfig.message();
        while (module.next()) {
          switch (module.field()) {
            case MODULE_COMPUTATIONS -> countOperations(module.message(), operations);
            case MODULE_PROGRAM_SHAPE -> rowMajor &= readProgramShape(module.message(), parameters);
            case MODULE_ALIASES -> readDonated(module.message(), ALIAS_PARAMETER, donated);
            case MODULE_DONORS -> readDonated(module.message(), DONOR_PARAMETER, donated);
            default -> {
              // The rest is of no interest here.
            }
          }
        }
      }
    }
    return new HloModule(parameters, List.copyOf(donated), rowMajor, operations);
  }

  private static void countOperations(ProtoReader computation, Map<String, Integer> operations) {
    while (computation.next()) {
      if (computation.field() == COMPUTATION_INSTRUCTIONS) {
        ProtoReader instruction = computation.message();
        while (instruction.next()) {
          if (instruction.field() == INSTRUCTION_OPCODE) {
            operations.merge(instruction.string(), 1, Integer::sum);
          }
        }
      }
    }
  }

  /** Adds the parameters' types, and answers whether all that goes in or out is row-major. */
  private static boolean readProgramShape(ProtoReader programShape, List<String> parameters) {
    boolean rowMajor = true;
    while (programShape.next()) {
      if (programShape.field() == PROGRAM_SHAPE_PARAMETERS) {
        TypeInMemory parameter = shape(programShape.message());
        parameters.add(parameter.type());
        rowMajor &= parameter.rowMajor();
      } else if (programShape.field() == PROGRAM_SHAPE_RESULT) {
        rowMajor &= shape(programShape.message()).rowMajor();
      }
    }
    return rowMajor;
  }

  /** A type as StableHLO writes it, and whether it lies in memory as the host has it. */
  private record TypeInMemory(String type, boolean rowMajor) {}

  private static TypeInMemory shape(ProtoReader shape) {
    int type = 0;
    boolean rowMajor = true;
    List<Long> dimensions = new ArrayList<>();
    while (shape.next()) {
      switch (shape.field()) {
        case SHAPE_ELEMENT_TYPE -> type = (int) shape.integer();
        case SHAPE_DIMENSIONS -> shape.integers(dimensions::add);
        case SHAPE_TUPLE -> rowMajor &= shape(shape.message()).rowMajor();
        case SHAPE_LAYOUT -> rowMajor &= isRowMajor(shape.message());
        default -> {
          // The rest is of no interest here.
        }
      }
    }
    ElementType element = PRIMITIVE_TYPES.get(type);
    String text =
        element == null
            ? "type " + type
            : Shape.of(element, dimensions.stream().mapToLong(Long::longValue).toArray())
                .toString();
    return new TypeInMemory(text, rowMajor);
  }

  private static boolean isRowMajor(ProtoReader layout) {
    List<Long> minorToMajor = new ArrayList<>();
    while (layout.next()) {
      if (layout.field() == LAYOUT_MINOR_TO_MAJOR) {
        layout.integers(minorToMajor::add);
      }
    }
    return minorToMajor.equals(minorToMajor.stream().sorted(Comparator.reverseOrder()).toList());
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
