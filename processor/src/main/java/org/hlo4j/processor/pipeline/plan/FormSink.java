package org.hlo4j.processor.pipeline.plan;

import org.hlo4j.processor.pipeline.graph.Flow;

/** Receives the forms of a pipeline, one after the other. */
@FunctionalInterface
public interface FormSink {
  /**
   * Receives a form.
   *
   * @param description its difference from the others, such as {@code 2 rounds in one}
   * @param flow the pipeline, with its loops as this form has them
   * @param fencesAreCalls whether fences are calls, which also the CPU backend keeps, instead of
   *     barriers, which it drops before it assigns buffers
   */
  void accept(String description, Flow flow, boolean fencesAreCalls);
}
