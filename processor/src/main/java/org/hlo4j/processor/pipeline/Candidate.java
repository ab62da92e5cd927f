package org.hlo4j.processor.pipeline;

import org.hlo4j.internal.mlir.analysis.DeviceCounts;
import org.hlo4j.processor.model.KernelMethod;

/**
 * A program that a pipeline could be.
 *
 * @param description which form of it this is, such as {@code 2 rounds in one}
 * @param method the pipeline's method, with this program
 * @param counts as how many processes it runs
 */
public record Candidate(String description, KernelMethod method, DeviceCounts counts) {}
