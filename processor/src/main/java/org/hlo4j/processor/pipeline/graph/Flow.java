package org.hlo4j.processor.pipeline.graph;

import java.util.List;

/**
 * A pipeline.
 *
 * @param steps what happens, in the order written
 */
public record Flow(List<FlowValue> inputs, List<Step> steps, List<FlowValue> outputs) {
  public Flow {
    inputs = List.copyOf(inputs);
    steps = List.copyOf(steps);
    outputs = List.copyOf(outputs);
  }

  /** Returns a pipeline of other steps, with what then stands in the places of the outputs. */
  public Flow with(List<Step> others, Renaming renaming) {
    return new Flow(inputs, others, renaming.ofValues(outputs));
  }
}
