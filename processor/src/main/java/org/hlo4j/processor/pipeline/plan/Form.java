package org.hlo4j.processor.pipeline.plan;

import org.hlo4j.processor.pipeline.graph.Flow;

/**
 * A way to write a pipeline as a program.
 *
 * @param description for those who read about the choice, such as {@code two rounds in one}
 * @param flow the pipeline, with its loops as this form has them
 * @param isKept whether fences are calls that also the CPU backend keeps, or barriers, which it
 *     drops before it assigns buffers
 */
public record Form(String description, Flow flow, boolean isKept) {}
