package org.hlo4j.processor.pipeline.link;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.Block;
import org.hlo4j.internal.mlir.model.Function;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;
import org.hlo4j.internal.mlir.model.Region;
import org.hlo4j.internal.mlir.model.Value;
import org.hlo4j.processor.pipeline.graph.Callee;

/** Determines how a kernel's program can be called, and whether it can be split. */
public final class Callees {
  /**
   * The operations that {@code stablehlo.async_start} can contain. StableHLO's specification also
   * allows slices; XLA accepts collectives of one operand (tested with StableHLO 1.16 and 1.20).
   */
  private static final Set<String> SPLITTABLE =
      Set.of(
          "stablehlo.all_gather",
          "stablehlo.all_reduce",
          "stablehlo.all_to_all",
          "stablehlo.collective_broadcast",
          "stablehlo.collective_permute",
          "stablehlo.reduce_scatter");

  private Callees() {}

  /** Returns why a program cannot become a part of another; empty if it can. */
  public static Optional<String> problem(MlirModule module) {
    for (Function function : module.functions()) {
      if (function.signature() == null) {
        return Optional.of(
            "its @%s is in MLIR's generic form; write it in the pretty form"
                .formatted(function.name()));
      }
      if (function.isDeclaration()) {
        return Optional.of("its @%s has no body".formatted(function.name()));
      }
    }
    return module.modules().isEmpty()
        ? Optional.empty()
        : Optional.of("it contains nested modules");
  }

  /**
   * Returns a kernel.
   *
   * @param inPlace the inputs whose memory it reuses
   */
  public static Callee of(String name, MlirModule module, EntryPoint entry, Set<Integer> inPlace) {
    Optional<Operation> split = split(module, entry.function());
    String whole =
        split.isPresent()
            ? ""
            : "XLA only splits programs that are a single collective of one operand";
    return new Callee(name, module, entry, inPlace, split, whole);
  }

  /** Returns the program's only operation besides constants, if it can be split. */
  private static Optional<Operation> split(MlirModule module, Function main) {
    Region body = main.body();
    Block block = body == null || body.blocks().size() != 1 ? null : body.entry();
    Operation returning = main.returnOperation();
    if (block == null || returning == null || module.functions().size() != 1) {
      return Optional.empty();
    }
    Operation found = null;
    Set<Value> known = new HashSet<>(block.arguments());
    for (Operation operation : block.operations()) {
      if (operation.is("stablehlo.constant")) {
        known.addAll(operation.results());
      } else if (operation != returning) {
        if (found != null || !canBeSplit(operation, known)) {
          return Optional.empty();
        }
        found = operation;
      }
    }
    if (found == null || !returnsOnly(returning, found, block.arguments())) {
      return Optional.empty();
    }
    return Optional.of(found);
  }

  private static boolean canBeSplit(Operation operation, Set<Value> known) {
    return SPLITTABLE.contains(operation.name())
        && operation.results().size() == 1
        && operation.operands().size() == 1
        && known.containsAll(operation.operands())
        && operation.operands().stream().allMatch(operand -> operand.type() != null);
  }

  private static boolean returnsOnly(
      Operation returning, Operation operation, List<Value> arguments) {
    return returning.operands().stream()
        .allMatch(value -> operation.results().contains(value) || arguments.contains(value));
  }
}
