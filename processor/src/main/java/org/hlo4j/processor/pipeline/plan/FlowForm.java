package org.hlo4j.processor.pipeline.plan;

import org.hlo4j.processor.pipeline.graph.Fences;
import org.hlo4j.processor.pipeline.graph.Flow;

/**
 * A way to write a pipeline.
 *
 * @param description its difference from the others, such as {@code 2 rounds in one}
 * @param flow the pipeline, with its loops as this form has them
 */
public record FlowForm(String description, Flow flow, Fences fences) {}
