package org.hlo4j.processor.pipeline;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.internal.mlir.model.MlirModule;
import org.hlo4j.internal.mlir.rewrite.DenseResources;
import org.hlo4j.internal.mlir.syntax.MlirReader;
import org.hlo4j.processor.model.KernelMethod;
import org.hlo4j.processor.pipeline.check.Callables;
import org.hlo4j.processor.pipeline.check.KernelSignature;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.link.Callees;

/** The kernels of an interface, for its pipelines. Not safe for use by several threads. */
public final class CallableKernels {
  private final Callables callables =
      new Callables(new LinkedHashMap<>(), new HashMap<>(), new HashSet<>());

  /** Adds a kernel whose signature agrees with its program. */
  public void add(KernelMethod method, MlirModule module, EntryPoint entry) {
    Optional<String> problem = Callees.problem(module);
    if (problem.isPresent()) {
      addUncallable(method.name(), problem.get());
      return;
    }
    Callee callee = callee(method, module, entry);
    callables.signatures().put(method.name(), KernelSignature.of(method, callee));
  }

  private static Callee callee(KernelMethod method, MlirModule module, EntryPoint entry) {
    String text = module.source().text();
    String inlined = DenseResources.inlined(text);
    if (inlined.equals(text)) {
      return Callees.of(method.name(), module, entry, inPlace(method));
    }
    // Only functions become a part of the pipeline, and nothing that stands behind them.
    MlirModule whole = MlirReader.read(inlined);
    return Callees.of(method.name(), whole, EntryPoint.of(whole, entry.counts()), inPlace(method));
  }

  /** Adds a kernel with problems of its own, which are reported elsewhere. */
  public void addWrong(String name) {
    callables.wrong().add(name);
  }

  /** Adds a method that no pipeline can call. */
  public void addUncallable(String name, String why) {
    callables.problems().put(name, why);
  }

  private static Set<Integer> inPlace(KernelMethod method) {
    List<Boolean> inPlace =
        method.parameters().stream()
            .flatMap(
                parameter ->
                    parameter
                        .structure()
                        .leaves()
                        .map(
                            leaf ->
                                parameter.donated()
                                    || KernelSignature.isRef(parameter.structure())))
            .toList();
    return IntStream.range(0, inPlace.size())
        .filter(inPlace::get)
        .boxed()
        .collect(Collectors.toSet());
  }

  public Callables callables() {
    return callables;
  }
}
