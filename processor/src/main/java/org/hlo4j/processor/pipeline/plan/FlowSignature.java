package org.hlo4j.processor.pipeline.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.hlo4j.internal.mlir.analysis.EntryPoint;
import org.hlo4j.processor.model.ProgramSignature;
import org.hlo4j.processor.pipeline.graph.Callee;
import org.hlo4j.processor.pipeline.graph.Flow;
import org.hlo4j.processor.pipeline.graph.FlowValue;
import org.hlo4j.processor.pipeline.graph.Future;
import org.hlo4j.processor.pipeline.graph.Item;
import org.hlo4j.processor.pipeline.graph.Renaming;
import org.hlo4j.processor.pipeline.graph.Step;

/**
 * Computes the signature of a pipeline's program, tracing outputs through steps that forward
 * values.
 */
public final class FlowSignature {
  /** The sources of forwarded items. */
  private final Renaming sources = new Renaming();

  private final Map<Future, List<FlowValue>> started = new HashMap<>();

  private FlowSignature() {}

  /**
   * Returns the signature.
   *
   * @param aliasedOutputs for each input the output that replaces it, or -1
   */
  public static ProgramSignature of(Flow flow, List<Integer> aliasedOutputs) {
    FlowSignature signature = new FlowSignature();
    signature.follow(flow.steps());
    List<ProgramSignature.Input> inputs = new ArrayList<>();
    for (FlowValue input : flow.inputs()) {
      int output = aliasedOutputs.get(inputs.size());
      OptionalInt aliased = output >= 0 ? OptionalInt.of(output) : OptionalInt.empty();
      inputs.add(
          new ProgramSignature.Input(
              input.name(), input.shape(), aliased.isPresent(), aliased, "", true));
    }
    return new ProgramSignature(inputs, signature.outputs(flow));
  }

  private List<EntryPoint.Output> outputs(Flow flow) {
    List<Item> origins = sources.ofItems(flow.outputs());
    List<EntryPoint.Output> outputs = new ArrayList<>();
    for (Item origin : origins) {
      FlowValue output = flow.outputs().get(outputs.size());
      int input = flow.inputs().indexOf(origin);
      int first = origins.indexOf(origin);
      boolean isRepeated = input < 0 && first < outputs.size();
      OptionalInt forwarded = input >= 0 ? OptionalInt.of(input) : OptionalInt.empty();
      OptionalInt same = isRepeated ? OptionalInt.of(first) : OptionalInt.empty();
      outputs.add(new EntryPoint.Output(output.name(), output.shape(), forwarded, same));
    }
    return outputs;
  }

  private void follow(List<Step> steps) {
    for (Step step : steps) {
      switch (step) {
        case Step.Run run -> follow(run.callee(), run.inputs(), run.outputs());
        case Step.Start start -> started.put(start.future(), start.inputs());
        case Step.Done done -> done(done);
        case Step.Fence fence -> sources.putAll(fence.outputs(), fence.inputs());
        case Step.Repeat repeat -> repeat(repeat);
      }
    }
  }

  private void done(Step.Done done) {
    Callee callee = done.future().callee();
    List<FlowValue> inputs = started.get(done.future());
    if (inputs == null) {
      return;
    }
    follow(callee, inputs, done.outputs());
    if (callee.split().isPresent()) {
      shareResult(callee, done.outputs());
    }
  }

  /** The outputs of a split call, except its inputs, are its one result. */
  private void shareResult(Callee callee, List<FlowValue> outputs) {
    FlowValue first = null;
    for (int i = 0; i < outputs.size(); i++) {
      if (callee.outputs().get(i).forwardedInput().isEmpty()) {
        if (first == null) {
          first = outputs.get(i);
        } else {
          sources.put(outputs.get(i), first);
        }
      }
    }
  }

  private void follow(Callee callee, List<FlowValue> inputs, List<FlowValue> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      OptionalInt forwarded = callee.outputs().get(i).forwardedInput();
      if (forwarded.isPresent()) {
        sources.put(outputs.get(i), inputs.get(forwarded.getAsInt()));
      }
    }
  }

  /** Maps values that each round leaves unchanged to those before the loop. */
  private void repeat(Step.Repeat repeat) {
    follow(repeat.body());
    for (int i = 0; i < repeat.parameters().size(); i++) {
      if (sources.of(repeat.yields().get(i)).equals(repeat.parameters().get(i))) {
        sources.put(repeat.results().get(i), repeat.initial().get(i));
      }
    }
  }
}
