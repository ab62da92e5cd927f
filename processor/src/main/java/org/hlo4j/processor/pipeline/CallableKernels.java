package org.hlo4j.processor.pipeline;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.rewrite.DenseResources;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.model.Parameter;
import org.hlo4j.processor.model.Structure.Leaf;
import org.hlo4j.processor.pipeline.check.Callables;
import org.hlo4j.processor.pipeline.check.KernelSignature;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.link.Callees;

/** The kernels that an interface's pipelines can call. Not thread-safe. */
public final class CallableKernels {
  private final Callables callables =
      new Callables(new LinkedHashMap<>(), new HashMap<>(), new HashSet<>());

  /** Adds a kernel whose signature matches its program. */
  public void add(KernelMethod method, MlirModule module, EntryPoint entry) {
    Optional<String> problem = Callees.problem(module);
    if (problem.isPresent()) {
      addUncallable(method.name(), problem.get());
      return;
    }
    String text = module.source().text();
    String inlined = DenseResources.inlined(text);
    // Only functions become part of the pipeline; text after them does not.
    boolean isWhole = inlined.equals(text);
    MlirModule whole = isWhole ? module : MlirReader.read(inlined);
    EntryPoint main = isWhole ? entry : EntryPoint.of(whole, entry.counts());
    Callee callee = Callees.of(method.name(), whole, main, inPlace(method));
    callables.signatures().put(method.name(), KernelSignature.of(method, callee));
  }

  /** Adds a kernel with errors, which are reported elsewhere. */
  public void addWrong(String name) {
    callables.wrong().add(name);
  }

  /** Adds a method that no pipeline can call. */
  public void addUncallable(String name, String why) {
    callables.problems().put(name, why);
  }

  private static Set<Integer> inPlace(KernelMethod method) {
    Set<Integer> inPlace = new HashSet<>();
    int next = 0;
    for (Parameter parameter : method.parameters()) {
      for (Leaf leaf : parameter.structure().leaves().toList()) {
        if (parameter.donated() || leaf.holder().isRef()) {
          inPlace.add(next);
        }
        next++;
      }
    }
    return inPlace;
  }

  public Callables callables() {
    return callables;
  }
}
