package org.hlo4j.processor.pipeline.graph;

import java.util.List;

/**
 * A pipeline.
 *
 * @param steps the steps, in textual order
 */
public record Flow(List<FlowValue> inputs, List<Step> steps, List<FlowValue> outputs) {
  public Flow {
    inputs = List.copyOf(inputs);
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
  }

  /** Returns a pipeline with other steps and renamed outputs. */
  public Flow with(List<Step> others, Renaming renaming) {
    return new Flow(inputs, others, renaming.ofValues(outputs));
  }
}
