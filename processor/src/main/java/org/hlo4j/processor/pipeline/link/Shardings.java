package org.hlo4j.processor.pipeline.link;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hlo4j.internal.mlir.model.Attribute;
import org.hlo4j.internal.mlir.model.Attributes;
import org.hlo4j.internal.mlir.model.FunctionArgument;
import org.hlo4j.internal.mlir.model.FunctionResult;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Step;

/**
 * The shardings of a pipeline's inputs and outputs: those that the first reader of an input, and
 * the producer of an output, declare. XLA decides all others.
 */
final class Shardings {
  private static final Set<String> NAMES = Set.of("mhlo.sharding", "sdy.sharding");

  private final Linker linker;
  private final Map<FlowValue, String> wanted = new HashMap<>();
  private final Map<FlowValue, String> given = new HashMap<>();

  private Shardings(Linker linker) {
    this.linker = linker;
  }

  static Shardings of(Flow flow, Linker linker) {
    Shardings shardings = new Shardings(linker);
    flow.steps().forEach(shardings::given);
    // Backwards, so that the first reader of a value takes precedence.
    flow.steps().reversed().forEach(shardings::wanted);
    return shardings;
  }

  /** Returns the attribute of an input, if a kernel declares one. */
  Optional<String> ofInput(FlowValue input) {
    return Optional.ofNullable(wanted.get(input));
  }

  /** Returns the attribute of an output, if its kernel declares one, or it is an input with one. */
  Optional<String> ofOutput(FlowValue output) {
    return Optional.ofNullable(given.getOrDefault(output, wanted.get(output)));
  }

  private void given(Step step) {
    switch (step) {
      case Step.Run run -> given(run.callee(), run.outputs());
      case Step.Done done -> given(done.future().callee(), done.outputs());
      case Step.Fence fence -> pass(given, fence.inputs(), fence.outputs());
      case Step.Repeat repeat -> {
        repeat.body().forEach(this::given);
        pass(given, repeat.yields(), repeat.results());
      }
      case Step.Start unused -> {} // Its done gives.
    }
  }

  private void wanted(Step step) {
    switch (step) {
      case Step.Run run -> wanted(run.callee(), run.inputs());
      case Step.Start start -> wanted(start.future().callee(), start.inputs());
      case Step.Fence fence -> pass(wanted, fence.outputs(), fence.inputs());
      case Step.Repeat repeat -> {
        repeat.body().reversed().forEach(this::wanted);
        pass(wanted, repeat.parameters(), repeat.initial());
      }
      case Step.Done unused -> {} // Its start wants.
    }
  }

  private static void pass(
      Map<FlowValue, String> map, List<? extends Item> from, List<? extends Item> to) {
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i) instanceof FlowValue source && to.get(i) instanceof FlowValue target) {
        String known = map.get(source);
        if (known != null) {
          map.put(target, known);
        }
      }
    }
  }

  private void wanted(Callee callee, List<FlowValue> inputs) {
    List<FunctionArgument> arguments = callee.entry().function().arguments();
    for (int i = 0; i < inputs.size(); i++) {
      put(wanted, inputs.get(i), callee, arguments.get(i).attributes());
    }
  }

  private void given(Callee callee, List<FlowValue> outputs) {
    List<FunctionResult> results = callee.entry().function().results();
    for (int i = 0; i < outputs.size(); i++) {
      put(given, outputs.get(i), callee, results.get(i).attributes());
    }
  }

  private void put(
      Map<FlowValue, String> shardings, FlowValue value, Callee callee, Attributes attributes) {
    for (Attribute attribute : attributes) {
      if (NAMES.contains(attribute.name())) {
        String text = callee.module().source().slice(attribute.span());
        shardings.put(value, linker.rename(callee, text));
        return;
      }
    }
  }
}
