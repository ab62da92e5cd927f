package org.hlo4j.processor.pipeline.graph;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.model.Operation;

/**
 * A kernel that a pipeline calls.
 *
 * @param inPlace the indices of inputs whose memory an output reuses
 * @param split its only operation, if XLA can split that into a start and a done
 * @param whole why it cannot be split; empty if it can
 */
public record Callee(
    String name,
    MlirModule module,
    EntryPoint entry,
    Set<Integer> inPlace,
    Optional<Operation> split,
    String whole) {
  public Callee {
    inPlace = Set.copyOf(inPlace);
  }

  public List<EntryPoint.Output> outputs() {
    return entry.outputs();
  }

  @Override
  public String toString() {
    return name;
  }
}
